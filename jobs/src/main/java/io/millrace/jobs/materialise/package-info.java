/**
 * Shards to augmented shards, on Spark: what training would otherwise do on the fly, written down
 * once. Which shard holds what follows from the dataset alone. It may touch augment, shard, stats,
 * card, spark, and ingest for the forms that pictures are stored in.
 */
package io.millrace.jobs.materialise;
