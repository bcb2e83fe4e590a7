package io.millrace.pipeline.store;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** A file of a user's choice that is seen whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /** Writes it, replacing one that is there; folders in between are made. */
  public static void write(URI file, byte[] bytes) throws IOException {
    Storage.of(file, Map.of()).write(file, bytes);
  }
}
