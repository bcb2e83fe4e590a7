package io.millrace.jobs.engine;

/** What averaging does with a tensor. */
public enum Role {
  /** Learned by gradient; averaged, weighted by images seen. */
  TRAINABLE,
  /** Running statistics and momentum: averaged likewise. */
  AVERAGE,
  /** Advances by the most minibatches that a worker took. */
  COUNT
}
