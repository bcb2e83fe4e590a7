/**
 * What averaging, checkpoints and resume know of training: a learner takes steps on minibatches,
 * has measures, and its state is named tensors with roles. Here stands the supervised learner, too:
 * one network, one loss, one optimiser.
 */
package io.millrace.jobs.learner;
