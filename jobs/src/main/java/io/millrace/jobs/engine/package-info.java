/**
 * What training needs of a deep-learning engine: networks that give a loss and a flat gradient,
 * learners that take steps, and averaging on Spark by an engine's own library where it has such.
 * Nothing above this room imports Deeplearning4j or ND4J. It may touch feed for minibatches,
 * architecture, optimiser, schedule and spark.
 */
package io.millrace.jobs.engine;
