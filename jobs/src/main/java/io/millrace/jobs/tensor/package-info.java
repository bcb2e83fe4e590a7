/**
 * Values with shapes: tensors, minibatches, the state of a training, and the safetensors format.
 * Feed, engines, averaging and models share it; it depends on none of them.
 */
package io.millrace.jobs.tensor;
