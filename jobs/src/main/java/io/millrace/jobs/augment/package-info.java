/**
 * Shards to augmented shards, on Spark: what training would otherwise do on the fly, written down
 * once. Which shard holds what follows from the dataset alone.
 */
package io.millrace.jobs.augment;
