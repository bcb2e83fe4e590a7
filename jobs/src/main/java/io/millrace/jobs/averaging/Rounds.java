package io.millrace.jobs.averaging;

import java.io.Serializable;

/**
 * Which examples each worker takes in each round of an epoch. Worker w of W has the positions from
 * {@code w * N / W} to {@code (w + 1) * N / W}, and of these, in round r, the minibatches {@code r
 * * K} to {@code (r + 1) * K}. The last round of an epoch and its last minibatch are shorter.
 *
 * @param positions N, how many an epoch has
 * @param workers W
 * @param batch examples in a worker's minibatch
 * @param every K, minibatches in a worker's round
 * @param dropLast whether each worker leaves out its last minibatch if that is not full
 * @param most the most minibatches of each worker: fewer than its positions give where a training
 *     ends within the epoch
 */
public record Rounds(long positions, int workers, int batch, int every, boolean dropLast, long most)
    implements Serializable {
  /** The rounds of a whole epoch. */
  public Rounds(long positions, int workers, int batch, int every, boolean dropLast) {
    this(positions, workers, batch, every, dropLast, Long.MAX_VALUE);
  }

  /** The rounds of a whole epoch with every example. */
  public Rounds(long positions, int workers, int batch, int every) {
    this(positions, workers, batch, every, false);
  }

  /**
   * The rounds of an epoch's beginning: that share of its minibatches, rounded, and at least one.
   *
   * @param share above 0, at most 1
   */
  Rounds part(double share) {
    long minibatches = Math.max(1, Math.round(share * minibatches()));
    return new Rounds(positions, workers, batch, every, dropLast, minibatches);
  }

  /** Examples that an epoch takes. */
  public long examples() {
    return seenBefore(minibatches());
  }

  /** Examples in the largest minibatch. */
  public int largest() {
    return (int) Math.min(batch, ceilDiv(positions, workers));
  }

  /** Rounds in an epoch. */
  public int perEpoch() {
    return Math.toIntExact(ceilDiv(minibatches(), every));
  }

  /** Minibatches that the worker with the most has in an epoch. */
  public long minibatches() {
    long longest = 0;
    for (int worker = 0; worker < workers; worker++) {
      longest = Math.max(longest, partSize(worker));
    }
    return ceilDiv(longest, batch);
  }

  /** First position of a worker in a round. */
  public long from(int worker, int round) {
    return partStart(worker) + Math.min(partSize(worker), (long) round * every * batch);
  }

  /** Position after the last one of a worker in a round. */
  public long to(int worker, int round) {
    return from(worker, round + 1);
  }

  /** Examples that all workers together take in a round. */
  public long inRound(int round) {
    return seenBefore((round + 1L) * every) - seenBefore((long) round * every);
  }

  /** Minibatches that the worker with the most has in a round. */
  public int minibatches(int round) {
    return Math.toIntExact(Math.min(every, minibatches() - (long) round * every));
  }

  /** Minibatches of a worker in a round. */
  public int minibatches(int worker, int round) {
    return Math.toIntExact(ceilDiv(to(worker, round) - from(worker, round), batch));
  }

  /**
   * Examples of the epoch that all workers together have seen when each has taken {@code steps}
   * minibatches. Schedules depend on it, so it is the same for every worker.
   */
  long seenBefore(long steps) {
    long seen = 0;
    for (int worker = 0; worker < workers; worker++) {
      seen += Math.min(partSize(worker), steps * batch);
    }
    return seen;
  }

  private long partStart(int worker) {
    return Math.multiplyExact(positions, (long) worker) / workers;
  }

  private long partSize(int worker) {
    long size = partStart(worker + 1) - partStart(worker);
    long taken = dropLast ? size - size % batch : size;
    return most >= Long.MAX_VALUE / batch ? taken : Math.min(taken, most * batch);
  }

  private static long ceilDiv(long amount, long by) {
    return (amount + by - 1) / by;
  }
}
