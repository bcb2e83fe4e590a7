/**
 * Exact channel statistics from integer histograms: the same results, bit for bit, for any number
 * of partitions. It reads shards and writes stats.json.
 */
package io.millrace.jobs.stats;
