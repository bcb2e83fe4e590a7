package io.millrace.pipeline.store;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the bytes of a file. */
@FunctionalInterface
public interface ContentWriter {
  /**
   * Writes all of them.
   *
   * @param out buffered; not closed by it
   */
  void writeTo(OutputStream out) throws IOException;
}
