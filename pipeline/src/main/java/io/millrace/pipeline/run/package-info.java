/**
 * The runner: it executes what the plan decided, in parallel branches, with retries, events,
 * progress and resume, for a whole pipeline or for one job alone. It is the only room that starts a
 * job.
 */
package io.millrace.pipeline.run;
