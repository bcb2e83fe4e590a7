/**
 * The Parquet contract: schema, writer, page reader, dataset manifest, quarantine. A shard is
 * written with deterministic bytes and read back with its checksum verified.
 */
package io.millrace.jobs.shard;
