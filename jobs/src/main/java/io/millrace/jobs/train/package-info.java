/**
 * Parameter-averaging rounds on Spark, checkpoints, the training record and the model artifact. It
 * knows engines only through Learner. It may touch every room above it but ingest.
 */
package io.millrace.jobs.train;
