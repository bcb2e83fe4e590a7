/**
 * What training needs of a deep-learning engine: networks that give a loss and a flat gradient, and
 * learners that take steps. Nothing above this room imports Deeplearning4j or ND4J. It may touch
 * feed for minibatches, architecture, optimiser and schedule.
 */
package io.millrace.jobs.engine;
