/**
 * Runs what the plan decided, for a whole pipeline or a single job: in parallel branches, with
 * retries, events, progress and resuming. Only this package starts jobs.
 */
package io.millrace.pipeline.run;
