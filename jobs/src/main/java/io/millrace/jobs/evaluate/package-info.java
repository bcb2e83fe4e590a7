/**
 * Metrics of a model on a dataset, distributed over Spark. It reads a model and shards and writes
 * evaluation.json. It may touch every room above it but ingest.
 */
package io.millrace.jobs.evaluate;
