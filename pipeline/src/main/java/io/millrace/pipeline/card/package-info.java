/**
 * What a report shows of a stage, as plain data: figures, tables, charts, pictures. A job fills a
 * {@link io.millrace.pipeline.card.Card}; the room {@code report} turns it into a page and knows
 * nothing of what it is about.
 */
package io.millrace.pipeline.card;
