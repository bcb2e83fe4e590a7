/**
 * The graph of stages, their fingerprints, and the one decision function that says of each stage
 * whether it runs and why. Both {@code plan} and {@code run} call it, so that they cannot disagree.
 * It starts no work and writes nothing.
 */
package io.millrace.pipeline.plan;
