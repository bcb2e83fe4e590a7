/**
 * Learning rate and momentum as functions of the fraction of a training phase. Plain data and
 * arithmetic, bound from HOCON.
 */
package io.millrace.jobs.schedule;
