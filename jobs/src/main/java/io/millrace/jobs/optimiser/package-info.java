/**
 * SGD, momentum and Adam on flat arrays, as PyTorch defines them. It knows no network and no
 * engine.
 */
package io.millrace.jobs.optimiser;
