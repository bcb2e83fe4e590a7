package io.millrace.bench.drill;

import java.io.IOException;

/** One part of the drill. */
interface Part {
  /** Its name for {@code --only}, which also takes the beginning before a dash. */
  String name();

  /** What is proved if it succeeds. */
  default String verdict() {
    return "digests equal";
  }

  /**
   * Runs the part.
   *
   * @return what it did, in a few words
   * @throws io.millrace.pipeline.CannotException when something is not as it should be
   */
  String run(Ground ground) throws IOException, InterruptedException;
}
