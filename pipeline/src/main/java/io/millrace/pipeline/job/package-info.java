/**
 * The interface {@link io.millrace.pipeline.job.Job}, the types that a job receives and returns,
 * and those of its parameter record ({@link io.millrace.pipeline.job.Key}, {@link
 * io.millrace.pipeline.job.Location}). With {@code card}, it is the only package of the pipeline
 * that authors of jobs import.
 */
package io.millrace.pipeline.job;
