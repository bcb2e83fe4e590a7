/**
 * The formats that pictures come in: what a source is, how it is recognised, how its parts are
 * listed by tasks. Each format is a room below. A source yields pictures and rejects, loses
 * neither, and writes nothing.
 */
package io.millrace.jobs.source;
