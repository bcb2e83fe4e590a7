package io.millrace.jobs.source;

import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Reject;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;

/** Reads the records of a format's parts, in tasks. Plain data: it travels to the executors. */
public interface PartReader extends Serializable {
  /** How many bytes one picture takes in a shard, about. */
  int bytesPerPicture();

  /**
   * Reads records {@code from} (inclusive) to {@code to} (exclusive) of a part, in order. Each goes
   * to one of the two.
   */
  void read(Part part, long from, long to, PictureSink pictures, Consumer<Reject> rejects)
      throws IOException;

  /** Takes pictures. */
  @FunctionalInterface
  interface PictureSink {
    /** Takes the next one. */
    void accept(Picture picture) throws IOException;
  }
}
