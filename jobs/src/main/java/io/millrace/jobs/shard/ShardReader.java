package io.millrace.jobs.shard;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Reads one shard by its pages. Not for use by several threads. */
public final class ShardReader implements Closeable {
  private ShardReader() {}

  /**
   * Opens a shard; the first time that this JVM does, its checksum is verified.
   *
   * @throws io.millrace.pipeline.CannotException if the shard is missing or damaged
   */
  public static ShardReader open(URI dataset, ShardEntry shard) throws IOException {
    throw new UnsupportedOperationException("" + dataset + shard);
  }

  /** All rows of row group {@code index}, in order. */
  public List<Picture> rowGroup(int index) throws IOException {
    throw new UnsupportedOperationException("" + index);
  }

  /** The ids alone of row group {@code index}, in order; the images are not read. */
  public List<String> ids(int index) throws IOException {
    throw new UnsupportedOperationException("" + index);
  }

  @Override
  public void close() throws IOException {}
}
