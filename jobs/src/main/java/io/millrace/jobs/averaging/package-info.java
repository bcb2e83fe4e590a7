/**
 * A round of parameter averaging on Spark: which pictures each worker takes, what it does with
 * them, and how the workers' states become one. It does nothing about checkpoints or reports.
 */
package io.millrace.jobs.averaging;
