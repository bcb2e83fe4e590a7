/**
 * The training job: its parameters and their checks, the loop over rounds, checkpoints, divergence.
 * Its result is a model.
 */
package io.millrace.jobs.train;
