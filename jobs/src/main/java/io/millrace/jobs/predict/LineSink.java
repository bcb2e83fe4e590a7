package io.millrace.jobs.predict;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Writes lines to the output, in their order. */
interface LineSink extends Closeable {
  /** The columns, in order; those that have no value are empty, a label is then -1. */
  List<String> COLUMNS = List.of("id", "label", "class", "probability", "top-k", "error");

  /** The next line. */
  void write(Line line) throws IOException;
}
