package io.millrace.jobs.train;

import io.millrace.jobs.curves.TrainingRecord;
import io.millrace.jobs.tensor.State;

/**
 * A training after a round, from where it goes on.
 *
 * @param rounds done in the whole training
 * @param state after them
 * @param record of them
 */
record Checkpoint(int rounds, State state, TrainingRecord record) {
  /** Before the first round. */
  static Checkpoint first(State state) {
    return new Checkpoint(0, state, TrainingRecord.empty());
  }
}
