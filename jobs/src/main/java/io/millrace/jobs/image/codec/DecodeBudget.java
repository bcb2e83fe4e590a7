package io.millrace.jobs.image.codec;

import io.millrace.jobs.image.header.Header;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/**
 * Limits the memory of all pictures that a JVM decodes at once: large ones wait until enough is
 * free.
 */
final class DecodeBudget {
  private static final long UNIT_BYTES = 1 << 20;

  /** Units for all pictures together: three of 30 megapixels, or one of the largest allowed. */
  static final int ROOM = 400;

  private static final int BYTES_A_PIXEL = 4;

  /** A progressive JPEG's coefficients are two bytes each. */
  private static final int LAYERED_BYTES_A_PIXEL = 10;

  private static final Semaphore FREE = new Semaphore(ROOM, true);

  private DecodeBudget() {}

  /** Waits for memory; returns the units to give back. */
  static int await(Header header) throws InterruptedIOException {
    boolean copied = header.layered() || header.alpha() || header.orientation() > 1;
    long bytes = header.pixels() * (copied ? LAYERED_BYTES_A_PIXEL : BYTES_A_PIXEL);
    int units = (int) Math.min(ROOM, bytes / UNIT_BYTES);
    try {
      FREE.acquire(units);
      return units;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while a picture waited for memory");
    }
  }

  /** Units that are free. */
  static int free() {
    return FREE.availablePermits();
  }

  static void done(int units) {
    FREE.release(units);
  }
}
