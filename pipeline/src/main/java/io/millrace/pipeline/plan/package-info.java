/**
 * The graph of stages, their fingerprints, and the decision for each stage whether it runs and why.
 * Both {@code plan} and {@code run} use it, so they always agree. It starts no work and writes
 * nothing.
 */
package io.millrace.pipeline.plan;
