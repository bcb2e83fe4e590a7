/**
 * What training needs of a deep-learning engine: networks as differentiable functions, optimisers
 * at work where the weights live, and averaging on Spark by an engine's own library where it has
 * such.
 */
package io.millrace.jobs.engine;
