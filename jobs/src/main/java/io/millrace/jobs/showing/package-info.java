/**
 * How artifacts, runs, plans and findings are shown to a person: text for the terminal, JSON for a
 * program.
 */
package io.millrace.jobs.showing;
