/**
 * Shards to shuffled, augmented, normalised minibatches, ahead of use. The order of an epoch is a
 * pure function of (seed, epoch, position). It may touch shard, stats, image and augment.
 */
package io.millrace.jobs.feed;
