/**
 * What a page shows about a dataset: counts, sizes, sample pictures, the quarantine, the terms of
 * its source. It takes a second or two, reads few rows, never starts Spark and writes nothing.
 */
package io.millrace.jobs.datasetcard;
