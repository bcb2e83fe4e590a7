package io.millrace.jobs.averaging;

import io.millrace.jobs.learner.LearnerSpec;

/**
 * The least that a round of Millrace's own averaging holds at once. What is real is more: buffers
 * grow by doubling, and garbage waits for its collection.
 *
 * @param weights bytes of the trainable weights
 * @param state bytes of all that a learner is, what its optimiser remembers included
 * @param pass bytes that one worker holds outside the heap to fit a minibatch
 * @param workers whose states come back
 */
public record RoundMemory(long weights, long state, long pass, int workers) {
  // Spark, Hadoop and our own classes at rest.
  private static final long AT_REST = 64L << 20;
  // In engine and update: weights and gradient, of which one at least is there in two orders.
  private static final int OF_LEARNER = 3;
  // A worker's result as it is, written, and written once more into what is sent. Of many workers
  // not all need be at their end at once: that two are was seen.
  private static final int OF_RESULT = 3;
  private static final int ENDING = 2;

  /** Of a phase's rounds. */
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
   * @param atOnce workers that work in the driver's own process at one time, 0 on a cluster
   */
  public long ofDriver(int atOnce) {
    return AT_REST + state + workers * state + working(atOnce);
  }

  /** Bytes of heap of an executor that so many workers work in at one time. */
  public long ofExecutor(int atOnce) {
    return AT_REST + state + working(atOnce);
  }

  /** Bytes outside the heap of a process that so many workers work in at one time. */
  public long outside(int atOnce) {
    return Math.min(atOnce, workers) * pass;
  }

  private long working(int atOnce) {
    long there = Math.min(atOnce, workers);
    return there * (OF_LEARNER * weights + state) + Math.min(there, ENDING) * OF_RESULT * state;
  }
}
