/**
 * The engine on Deeplearning4j: a ComputationGraph behind Network, with the oneDNN fast path
 * asserted at start-up, and Deeplearning4j's own averaging on Spark. Its weights stand in canonical
 * names, shapes and order.
 */
package io.millrace.jobs.engine.dl4j;
