/**
 * The one rule by which all that is random in Millrace is drawn: keys made of words, bits made of
 * keys, numbers made of bits. Shards, orders, views and transforms draw by it, so that nothing
 * depends on a thread, a partition or the clock.
 */
package io.millrace.jobs.random;
