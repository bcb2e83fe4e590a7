/**
 * The job {@code import}: a model of a file of weights that others trained, an architecture, class
 * names and statistics.
 */
package io.millrace.jobs.importing;
