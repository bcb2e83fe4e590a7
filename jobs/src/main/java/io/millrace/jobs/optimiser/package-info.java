/**
 * SGD, Adam and other optimisers on flat arrays of weights, as PyTorch or their papers define them,
 * with the layout that says which slice is which tensor and whose rate it has.
 */
package io.millrace.jobs.optimiser;
