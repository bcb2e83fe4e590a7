/**
 * Parameter-averaging rounds on Spark, checkpoints and the training record; their end is a model.
 * It knows engines only through Learner. It may touch every room above it but ingest.
 */
package io.millrace.jobs.train;
