/**
 * The contract that a job is written against: the {@link io.millrace.pipeline.job.Job} itself, what
 * it is given and gives back, and the vocabulary of its parameter record ({@link
 * io.millrace.pipeline.job.Key}, {@link io.millrace.pipeline.job.Location}). It is the one room of
 * the pipeline that the authors of jobs import, with {@code card}.
 */
package io.millrace.pipeline.job;
