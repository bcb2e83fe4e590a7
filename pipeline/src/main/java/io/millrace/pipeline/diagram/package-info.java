/**
 * The stages of a plan or a run as a drawing in the languages of others, Mermaid and DOT. It draws
 * nothing itself. It may touch the rooms {@code plan} and {@code history}.
 */
package io.millrace.pipeline.diagram;
