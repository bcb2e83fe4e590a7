package io.millrace.jobs.averaging;

import io.millrace.jobs.learner.LearnerSpec;

/**
 * The least memory that a round of Millrace's own averaging needs. A real round needs more: buffers
 * grow by doubling, and garbage waits for its collection.
 *
 * @param weights bytes of the trainable weights
 * @param state bytes of a learner's whole state, including its optimiser's
 * @param pass bytes that one worker holds outside the heap to fit a minibatch
 * @param workers whose states come back
 */
public record RoundMemory(long weights, long state, long pass, int workers) {
  // What Spark, Hadoop and our own classes take without any work.
  private static final long AT_REST = 64L << 20;
  // Weights and gradient in engine and update; at least one of them exists in two orders.
  private static final int OF_LEARNER = 3;
  // A worker's result, its serialised form, and the message that this is copied into. All workers
  // rarely end at once, but two have been seen to do so.
  private static final int OF_RESULT = 3;
  private static final int ENDING = 2;

  /** The memory of a phase's rounds. */
  public static RoundMemory of(TrainingPhase phase) {
    LearnerSpec learner = phase.learner();
    Rounds rounds = phase.rounds();
    return new RoundMemory(
        learner.weights() * Float.BYTES,
        learner.stateBytes(),
        learner.passBytes(rounds.largest()),
        rounds.workers());
  }

  /**
   * Bytes of heap of a driver that keeps the state before the round and takes all results.
   *
   * @param atOnce how many workers run in the driver's own process at one time, 0 on a cluster
   */
  public long ofDriver(int atOnce) {
    return AT_REST + state + workers * state + working(atOnce);
  }

  /** Bytes of heap of an executor in which so many workers run at one time. */
  public long ofExecutor(int atOnce) {
    return AT_REST + state + working(atOnce);
  }

  /** Bytes outside the heap of a process in which so many workers run at one time. */
  public long outside(int atOnce) {
    return Math.min(atOnce, workers) * pass;
  }

  private long working(int atOnce) {
    long there = Math.min(atOnce, workers);
    return there * (OF_LEARNER * weights + state) + Math.min(there, ENDING) * OF_RESULT * state;
  }
}
