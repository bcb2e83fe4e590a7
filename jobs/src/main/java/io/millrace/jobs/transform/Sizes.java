package io.millrace.jobs.transform;

import java.util.Optional;

/**
 * A picture's size on its way through a chain, and the first thing that does not fit.
 *
 * @param height -1 while it is not known
 * @param width -1 while it is not known
 * @param limit what the first transform that does not fit could do at most; empty if all fit
 */
public record Sizes(int height, int width, Optional<String> limit) {
  private static final int UNKNOWN = -1;

  static Sizes unknown() {
    return of(UNKNOWN, UNKNOWN);
  }

  /** A known size, in pixels. */
  public static Sizes of(int height, int width) {
    return new Sizes(height, width, Optional.empty());
  }

  /** Whether the size is known. */
  public boolean isKnown() {
    return height != UNKNOWN;
  }

  /** The shorter side of a known size. */
  public int shorter() {
    return Math.min(height, width);
  }

  /** After padding. */
  public Sizes grownBy(int by) {
    return isKnown() ? of(height + 2 * by, width + 2 * by) : this;
  }

  /** After a square was cut out. */
  public Sizes cutTo(int side) {
    return isKnown() && side > shorter() ? refuse("can be at most " + shorter()) : of(side, side);
  }

  /**
   * @param limit as in {@code can pad by at most 3}
   */
  public Sizes refuse(String limit) {
    return new Sizes(height, width, Optional.of(limit));
  }
}
