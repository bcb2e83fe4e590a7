/**
 * What training needs from a deep-learning engine: networks as differentiable functions, optimisers
 * on the device of the weights, and averaging on Spark by the engine's own library if it has one.
 */
package io.millrace.jobs.engine;
