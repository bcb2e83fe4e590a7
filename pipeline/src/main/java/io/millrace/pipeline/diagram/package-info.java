/** The stages of a plan or a run as a diagram in Mermaid or DOT. */
package io.millrace.pipeline.diagram;
