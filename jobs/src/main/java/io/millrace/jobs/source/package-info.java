/**
 * The formats that pictures come in, each split into parts that tasks can read independently. A
 * source yields pictures and rejects, loses neither, and writes nothing. It may touch files,
 * container, synthesize, image and the row and split of shard.
 */
package io.millrace.jobs.source;
