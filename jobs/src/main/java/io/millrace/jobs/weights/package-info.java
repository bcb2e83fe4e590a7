/**
 * Weights that others wrote: safetensors and PyTorch's files become plain named tensors, and their
 * names those of our networks. The files are untrusted: nothing in them is run, and every length,
 * offset and size is checked against the file before it is used.
 */
package io.millrace.jobs.weights;
