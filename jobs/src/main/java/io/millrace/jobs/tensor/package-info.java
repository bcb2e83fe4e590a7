/**
 * Values with shapes: tensors, minibatches, the state of a training, and the safetensors format.
 * The ground that feed, engines, averaging and models share; it knows nothing of any of them.
 */
package io.millrace.jobs.tensor;
