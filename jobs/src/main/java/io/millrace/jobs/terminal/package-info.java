/**
 * Output on a terminal: progress, tables, colours, columns, and pages that are opened from it. It
 * does not depend on commands or jobs.
 */
package io.millrace.jobs.terminal;
