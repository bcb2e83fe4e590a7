/**
 * What training needs of a deep-learning engine: networks that give a loss and a flat gradient,
 * learners that take steps, and averaging on Spark by an engine's own library where it has such.
 */
package io.millrace.jobs.engine;
