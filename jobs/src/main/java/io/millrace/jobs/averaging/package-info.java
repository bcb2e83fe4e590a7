/**
 * A round of parameter averaging on Spark: which pictures each worker takes, what it does with
 * them, and how the workers' states become one. It knows engines only through Learner, and neither
 * checkpoints nor reports. It may touch every room above it but ingest.
 */
package io.millrace.jobs.averaging;
