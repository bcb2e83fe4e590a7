package io.millrace.jobs.image.codec;

import io.millrace.jobs.image.header.Header;
import io.millrace.jobs.image.header.UnusableImageException;
import java.io.Serializable;

/**
 * Limits of a picture's size, checked before it is decoded.
 *
 * @param pixels the most pixels of the picture
 * @param bytes the most bytes of the file
 */
public record Limits(long pixels, long bytes) implements Serializable {
  /** The default. */
  public static final Limits USUAL = new Limits(128_000_000, 128_000_000);

  /** For pictures in shards, which ingest has already checked. */
  public static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE);

  /**
   * @throws UnusableImageException if the file is too long
   */
  public void checkBytes(long length) throws UnusableImageException {
    if (length > bytes) {
      throw new UnusableImageException("more than " + bytes + " bytes (max-bytes)");
    }
  }

  void checkPixels(Header header) throws UnusableImageException {
    if (header.pixels() > pixels) {
      throw new UnusableImageException("more than " + pixels + " pixels (max-pixels)");
    }
  }
}
