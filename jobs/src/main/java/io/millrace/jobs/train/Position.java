package io.millrace.jobs.train;

import java.io.Serializable;

/**
 * Where a round stands in a training.
 *
 * @param epoch of the whole training, counted from 0
 * @param round of the epoch, counted from 0
 */
record Position(int epoch, int round) implements Serializable {}
