/**
 * Opens the one Spark context of this JVM on first use, closes it at the end, and runs tasks on it,
 * on executors that are like the driver. It owns the defaults that Millrace gives Spark (local
 * master, no UI, scratch inside the workspace; on a cluster memory, timeouts and the jar) and the
 * gauges.
 */
package io.millrace.jobs.spark;
