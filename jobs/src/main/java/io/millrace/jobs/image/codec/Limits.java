package io.millrace.jobs.image.codec;

import io.millrace.jobs.image.header.Header;
import io.millrace.jobs.image.header.UnusableImageException;
import java.io.Serializable;

/**
 * What a picture may cost, checked before it is decoded.
 *
 * @param pixels of the picture, at most
 * @param bytes of the file, at most
 */
public record Limits(long pixels, long bytes) implements Serializable {
  /** What is taken where nothing else is asked for. */
  public static final Limits USUAL = new Limits(128_000_000, 128_000_000);

  /** For what is already stored in shards, having passed limits on its way in. */
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
