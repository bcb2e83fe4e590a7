/**
 * The command line: picocli commands, logs to files, exit statuses. The logic of jobs is elsewhere.
 */
package io.millrace.jobs.cli;
