/**
 * Learners: what takes steps on minibatches and has measures, with a state of named tensors with
 * roles. Averaging, checkpoints and resume depend on nothing else of a training. The supervised
 * learner (one network, one loss, one optimiser) is here, too.
 */
package io.millrace.jobs.learner;
