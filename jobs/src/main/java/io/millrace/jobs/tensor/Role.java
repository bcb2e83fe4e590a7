package io.millrace.jobs.tensor;

/** What averaging does with a tensor of a state. */
public enum Role {
  /** Learned by gradient; averaged, weighted by examples seen. */
  TRAINABLE,
  /** Running statistics and momentum: averaged likewise. */
  AVERAGE,
  /** A count of steps: the largest of the workers'. */
  COUNT,
  /**
   * A worker's own values, such as the hidden state of a recurrent network: never averaged, it
   * comes back to the same worker in the next round and is kept in checkpoints.
   */
  LOCAL
}
