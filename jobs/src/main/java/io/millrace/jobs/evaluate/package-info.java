/**
 * Metrics of a model on a dataset, distributed over Spark. It reads a model and shards and writes
 * evaluation.json.
 */
package io.millrace.jobs.evaluate;
