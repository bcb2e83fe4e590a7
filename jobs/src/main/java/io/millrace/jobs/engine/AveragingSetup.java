package io.millrace.jobs.engine;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Schedule;

/**
 * What stays the same over the rounds that a library does by itself.
 *
 * @param blueprint of the network
 * @param optimiser of its weights
 * @param schedule of the whole training
 * @param workers whose weights are averaged, at least 1
 * @param threads native threads of each worker, at least 1
 * @param batch images in a worker's minibatch, at most
 * @param every minibatches of each worker in a round, at most
 */
public record AveragingSetup(
    Blueprint blueprint,
    Optimiser optimiser,
    Schedule schedule,
    int workers,
    int threads,
    int batch,
    int every) {}
