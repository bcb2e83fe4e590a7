/**
 * The formats that pictures come in: what a source is, how it is recognised, how its parts are
 * listed by tasks. Each format is a room below. Every record of a source becomes a picture or a
 * reject; a source writes nothing.
 */
package io.millrace.jobs.source;
