/**
 * The stages of a plan or a run as a drawing in the languages of others, Mermaid and DOT. It draws
 * nothing itself.
 */
package io.millrace.pipeline.diagram;
