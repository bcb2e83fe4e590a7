package io.millrace.bench;

import java.io.IOException;
import java.util.List;

/** One benchmark. */
interface Benchmark {
  /** Its name on the command line. */
  String name();

  /** One line for the list. */
  String summary();

  /**
   * Runs ours and the reference in turn.
   *
   * @throws io.millrace.pipeline.CannotException if a tool or data are missing, or a run fails
   */
  List<Figure> run(Setting setting) throws IOException, InterruptedException;
}
