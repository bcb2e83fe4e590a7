/**
 * Opens the one Spark context of this JVM on first use and closes it at the end. It owns the
 * defaults that Millrace gives Spark (local master, no UI, scratch inside the workspace). It may
 * touch Spark and the pipeline, nothing else of the jobs.
 */
package io.millrace.jobs.spark;
