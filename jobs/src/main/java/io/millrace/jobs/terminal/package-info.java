/**
 * A terminal: progress, tables, colours, columns, and pages that are opened from it. It knows no
 * command and no job.
 */
package io.millrace.jobs.terminal;
