package io.millrace.jobs.init;

import java.util.List;

/**
 * The sizes of pictures that were measured, in pixels.
 *
 * @param measured how many
 * @param all whether these are all pictures
 * @param least the smallest height and width
 * @param most the largest height and width
 * @param shorter nine of ten pictures have a shorter side at least this long
 * @param gray whether all decoded pictures are grey
 */
record MeasuredSizes(int measured, boolean all, Size least, Size most, int shorter, boolean gray) {
  private static final int TENTH = 10;

  /** The size of one picture. */
  record Size(int height, int width) {
    @Override
    public String toString() {
      return height + "x" + width;
    }
  }

  /**
   * @param sizes one or more
   */
  static MeasuredSizes of(List<Size> sizes, boolean all, boolean gray) {
    Size least = sizes.get(0);
    Size most = sizes.get(0);
    for (Size size : sizes) {
      least = new Size(Math.min(least.height, size.height), Math.min(least.width, size.width));
      most = new Size(Math.max(most.height, size.height), Math.max(most.width, size.width));
    }
    int[] shorter = sizes.stream().mapToInt(it -> Math.min(it.height, it.width)).sorted().toArray();
    return new MeasuredSizes(sizes.size(), all, least, most, shorter[shorter.length / TENTH], gray);
  }

  /** Whether all that were measured have one size. */
  boolean isOne() {
    return least.equals(most);
  }
}
