package io.millrace.jobs.source;

import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Reject;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Variant;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.function.Consumer;

/**
 * A format that pictures come in, as configured: {@code source { format = cifar10, path = .. }}. It
 * loses nothing: every record becomes a picture or a reject.
 */
@Variant(discriminator = "format")
public sealed interface Source extends Serializable permits Cifar10 {
  /** Where it lies. */
  Location path();

  /** How many bytes its pictures take as raw pixels, at most; read off the files' lengths. */
  long estimatedBytes();

  /** How many bytes one picture takes in a shard, about. */
  int bytesPerPicture();

  /**
   * Lists what there is.
   *
   * @param inflated a folder for what must be unpacked before it can be read in parts
   * @throws io.millrace.pipeline.CannotException if it can't be opened
   */
  Contents open(URI inflated) throws IOException;

  /**
   * Reads records {@code from} (inclusive) to {@code to} (exclusive) of a part, in order.
   *
   * @param classes how many classes there are: another label is a reject
   */
  void read(
      Part part, long from, long to, int classes, PictureSink pictures, Consumer<Reject> rejects)
      throws IOException;

  /** Takes pictures. */
  @FunctionalInterface
  interface PictureSink {
    void accept(Picture picture) throws IOException;
  }
}
