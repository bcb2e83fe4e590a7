/**
 * Pages that a person opens: the report of a run, a card alone, runs compared; each one HTML file
 * that needs no network. It draws whatever cards hold and knows nothing of pictures or training.
 * Its templates stand in {@code src/main/jte}.
 */
package io.millrace.pipeline.report;
