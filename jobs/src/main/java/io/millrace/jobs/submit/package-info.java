/**
 * Separate Spark applications: submits a run, or one of its stages, to a cluster as spark-submit
 * does, and brings its output back. It starts processes and reads their results.
 */
package io.millrace.jobs.submit;
