/**
 * What a page shows of a dataset within a second or two: counts, sizes, sample pictures, the
 * quarantine, the terms of its source. It reads few rows, never starts Spark and writes nothing.
 */
package io.millrace.jobs.datasetcard;
