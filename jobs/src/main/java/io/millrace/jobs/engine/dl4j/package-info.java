/**
 * The engine on Deeplearning4j: a Network of ComputationGraphs, with a check at start-up that the
 * oneDNN fast path is on, and Deeplearning4j's own averaging on Spark. Weights have canonical
 * names, shapes and order.
 */
package io.millrace.jobs.engine.dl4j;
