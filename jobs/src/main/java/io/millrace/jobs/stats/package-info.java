/**
 * Exact channel statistics from integer histograms: the same bits for any number of partitions. It
 * reads shards and writes stats.json.
 */
package io.millrace.jobs.stats;
