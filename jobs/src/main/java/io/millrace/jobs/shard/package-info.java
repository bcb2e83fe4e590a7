/**
 * The Parquet contract: schema, writer, page reader, dataset manifest, quarantine. A shard is
 * written with deterministic bytes and read back with its checksum verified. It may touch files,
 * image and parquet-hadoop.
 */
package io.millrace.jobs.shard;
