/**
 * How all random numbers of Millrace are made: keys from words, bits from keys, numbers from bits.
 * Shards, orders, views and transforms use it, so that nothing depends on a thread, a partition or
 * the clock.
 */
package io.millrace.jobs.random;
