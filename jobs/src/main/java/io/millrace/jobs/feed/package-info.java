/**
 * Prefetches augmented, normalised, mixed minibatches from shards on threads of its own. The
 * minibatches depend neither on the number of threads nor on the caches.
 */
package io.millrace.jobs.feed;
