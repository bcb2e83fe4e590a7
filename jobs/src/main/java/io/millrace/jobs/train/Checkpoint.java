package io.millrace.jobs.train;

import io.millrace.jobs.averaging.TrainingState;
import io.millrace.jobs.record.TrainingRecord;

/**
 * The training after a round, from which it can resume.
 *
 * @param rounds done in the whole training
 * @param state after them
 * @param record of them
 */
record Checkpoint(int rounds, TrainingState state, TrainingRecord record) {
  /** Before the first round. */
  static Checkpoint first(TrainingState state) {
    return new Checkpoint(0, state, TrainingRecord.empty());
  }
}
