package io.millrace.jobs.train;

import java.util.Optional;
import java.util.function.LongSupplier;

/** Says when a checkpoint is due. */
final class CheckpointClock {
  private final Checkpointing configured;
  private final LongSupplier nanos;
  private long writtenAt;
  private Optional<Integer> lastWritten;

  /**
   * @param resumedFrom the round of the checkpoint that the training resumes from, if any
   * @param nanos the time in nanoseconds since any fixed moment
   */
  CheckpointClock(Checkpointing configured, Optional<Integer> resumedFrom, LongSupplier nanos) {
    this.configured = configured;
    this.lastWritten = resumedFrom;
    this.nanos = nanos;
    this.writtenAt = nanos.getAsLong();
  }

  /**
   * @param rounds done
   * @param epochEnds whether the last of them ended an epoch
   */
  boolean isDue(int rounds, boolean epochEnds) {
    int since = rounds - lastWritten.orElse(0);
    return lastWritten.isEmpty()
        || epochEnds
        || configured.everyRounds().filter(every -> since >= every).isPresent()
        || nanos.getAsLong() - writtenAt >= configured.every().toNanos();
  }

  void written(int rounds) {
    lastWritten = Optional.of(rounds);
    writtenAt = nanos.getAsLong();
  }

  /** Rounds of the newest checkpoint, if there is one. */
  Optional<Integer> lastWritten() {
    return lastWritten;
  }
}
