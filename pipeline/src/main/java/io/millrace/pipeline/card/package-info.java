/**
 * What a report shows about a stage, as plain data: figures, tables, charts, pictures. A job makes
 * a {@link io.millrace.pipeline.card.Card}; the package {@code report} turns it into a page.
 */
package io.millrace.pipeline.card;
