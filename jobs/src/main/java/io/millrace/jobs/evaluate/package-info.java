/** Measures a model on a dataset, on Spark: reads a model and shards, writes evaluation.json. */
package io.millrace.jobs.evaluate;
