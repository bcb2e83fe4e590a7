/**
 * Exact channel statistics from integer histograms: the same bits for any number of partitions. It
 * reads shards and writes stats.json. It may touch shard, image and spark.
 */
package io.millrace.jobs.stats;
