package io.millrace.jobs.train;

import io.millrace.pipeline.job.Key;
import java.io.Serializable;

/**
 * When workers meet.
 *
 * @param every minibatches that each worker fits in a round
 */
public record Averaging(
    @Key(value = "minibatches of each worker between two averagings", or = "8", min = 1) int every)
    implements Serializable {}
