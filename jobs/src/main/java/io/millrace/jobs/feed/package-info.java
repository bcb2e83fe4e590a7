/**
 * Shards to augmented, normalised, mixed minibatches, ahead of use, on threads of its own. What it
 * makes does not depend on how many there are, nor on what is kept where.
 */
package io.millrace.jobs.feed;
