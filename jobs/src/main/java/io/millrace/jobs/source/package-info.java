/**
 * The formats that pictures come in, each split into parts that tasks can read independently. A
 * source yields pictures and rejects, loses neither, and writes nothing.
 */
package io.millrace.jobs.source;
