package io.millrace.bench.drill;

import java.io.IOException;

/** One part of the drill. */
interface Part {
  /** What {@code --only} calls it; a part of a family begins with the family's name and a dash. */
  String name();

  /** What it has shown when it ends well. */
  default String verdict() {
    return "digests equal";
  }

  /**
   * Does it.
   *
   * @return what it did, in a few words
   * @throws io.millrace.pipeline.CannotException when something is not as it should be
   */
  String run(Ground ground) throws IOException, InterruptedException;
}
