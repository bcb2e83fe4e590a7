package io.millrace.jobs.averaging;

import java.io.Serializable;

/**
 * The place of a round in a training.
 *
 * @param epoch of the whole training, counted from 0
 * @param round of the epoch, counted from 0
 */
public record Position(int epoch, int round) implements Serializable {}
