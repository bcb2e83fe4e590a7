package io.millrace.jobs.feed;

import java.io.Serializable;

/**
 * The examples of a training or its validation, numbered from 0. Any process can make minibatches
 * of them. Plain data, sent to the executors.
 */
public interface Examples extends Serializable {
  /** How many there are; an epoch takes each once. */
  long size();

  /**
   * The minibatches of an epoch to train on, in its order.
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

  /** A description of an example for people, e.g. {@code 32x32}; may be empty. */
  String described();

  /** What they are called, in the plural, e.g. {@code images}. */
  String unit();

  /** Frees what this process has cached of them; called when no epoch follows. */
  void release();
}
