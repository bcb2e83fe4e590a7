/**
 * Makes shards from a source, on Spark. The data alone decide where a shard ends, and every record
 * is either an image or quarantined: in = out + quarantined.
 */
package io.millrace.jobs.ingest;
