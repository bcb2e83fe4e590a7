package io.millrace.pipeline.store;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the bytes of a file. */
@FunctionalInterface
public interface ContentWriter {
  /**
   * Writes all bytes.
   *
   * @param out buffered; the writer must not close it
   */
  void writeTo(OutputStream out) throws IOException;
}
