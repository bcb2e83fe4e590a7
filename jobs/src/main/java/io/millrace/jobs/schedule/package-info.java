/**
 * Learning rate and momentum over a training, as segments. Plain data and arithmetic, bound from
 * HOCON.
 */
package io.millrace.jobs.schedule;
