/**
 * The training job: its parameters and their checks, the loop over rounds, checkpoints, divergence;
 * its end is a model. It knows engines only through Learner. It may touch every room above it but
 * ingest.
 */
package io.millrace.jobs.train;
