/**
 * Source to shards, on Spark. It decides where one shard ends and the next begins, from the data
 * alone, and keeps the law in = out + quarantined.
 */
package io.millrace.jobs.ingest;
