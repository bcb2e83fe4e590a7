/**
 * Writes augmented shards on Spark, once, instead of augmenting on the fly in each training. The
 * dataset alone decides which shard holds which pictures.
 */
package io.millrace.jobs.augment;
