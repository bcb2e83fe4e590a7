package io.millrace.jobs.feed;

import java.io.Serializable;

/**
 * What a training learns from, or is validated on: numbered examples, of which any process can make
 * minibatches. Plain data, which travels to the executors.
 */
public interface Examples extends Serializable {
  /** How many there are; an epoch takes each once. */
  long size();

  /**
   * Minibatches of an epoch, in its order, as they are trained on.
   *
   * @param epoch counted from 0
   * @param from first position of the epoch, of 0..size
   * @param to after the last position
   * @param batch examples in a minibatch; the last one may have fewer
   */
  Minibatches training(int epoch, long from, long to, int batch);

  /**
   * Minibatches in natural order, neither shuffled nor augmented.
   *
   * @param from first position, of 0..size
   * @param to after the last position
   * @param batch examples in a minibatch; the last one may have fewer
   */
  Minibatches inOrder(long from, long to, int batch);

  /** What an example is like, for people, e.g. {@code 32x32}; empty if there is nothing to say. */
  String described();

  /** What they are called, in the plural, e.g. {@code images}. */
  String unit();

  /** Lets go what this process keeps of them: no epoch follows. */
  void release();
}
