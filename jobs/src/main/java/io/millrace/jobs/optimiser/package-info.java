/**
 * SGD, momentum and Adam on flat arrays of weights, as PyTorch defines them, with the layout that
 * says which slice is which tensor and whose rate it has.
 */
package io.millrace.jobs.optimiser;
