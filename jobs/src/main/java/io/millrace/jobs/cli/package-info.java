/** The command line: picocli commands, logs to files, exit statuses. It holds no logic of a job. */
package io.millrace.jobs.cli;
