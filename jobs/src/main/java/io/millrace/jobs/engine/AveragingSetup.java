package io.millrace.jobs.engine;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Schedule;

/**
 * What all rounds of an engine's own averaging have in common.
 *
 * @param blueprint of the network
 * @param optimiser of its weights
 * @param schedule of the whole training
 * @param workers whose weights are averaged, at least 1
 * @param threads native threads of each worker, at least 1
 * @param batch the most images in a worker's minibatch
 * @param every the most minibatches of each worker in a round
 */
public record AveragingSetup(
    Blueprint blueprint,
    Optimiser optimiser,
    Schedule schedule,
    int workers,
    int threads,
    int batch,
    int every) {}
