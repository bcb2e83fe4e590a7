/**
 * Millrace for programs: jobs and pipelines in a live Spark session, from HOCON text. The public
 * types of this room and {@link io.millrace.jobs.Millrace} are the interface that programs can
 * count on, with {@link io.millrace.pipeline.ConfigurationException}, {@link
 * io.millrace.pipeline.Problem}, {@link io.millrace.pipeline.CannotException} and {@link
 * io.millrace.pipeline.run.StageOutcome}; all else is internal.
 */
package io.millrace.jobs.session;
