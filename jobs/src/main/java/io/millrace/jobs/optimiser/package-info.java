/**
 * SGD, momentum and Adam on flat arrays, as PyTorch defines them. It knows no network and no
 * engine. It may touch schedule for the hyper-parameters of a step.
 */
package io.millrace.jobs.optimiser;
