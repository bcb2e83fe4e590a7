package io.millrace.jobs.train;

import io.millrace.pipeline.job.Key;
import java.time.Duration;
import java.util.Optional;

/**
 * When checkpoints are written. A checkpoint is also written after the first round and at the end
 * of every epoch.
 *
 * @param everyRounds rounds between two checkpoints; empty = by time alone
 * @param every longest time between two checkpoints
 * @param keep how many are kept
 */
public record Checkpointing(
    @Key(
            value = "rounds between two checkpoints; by time alone if not given",
            counts = "rounds",
            min = 1)
        Optional<Integer> everyRounds,
    @Key(value = "longest time between two checkpoints, e.g. 60s or 10m", or = "60s")
        Duration every,
    @Key(value = "how many checkpoints are kept", or = "3", min = 1) int keep) {}
