/**
 * The pages: the report of a run, a single card, a comparison of runs; each one HTML file that
 * needs no network. It shows any card and knows nothing about pictures or training. Its templates
 * are in {@code src/main/jte}.
 */
package io.millrace.pipeline.report;
