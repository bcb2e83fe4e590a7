package io.millrace.jobs.image;

import io.millrace.pipeline.job.Key;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * A size to bring pictures to: {@code { shorter = 128 }}, {@code { shorter = 256, crop = 224 }} or
 * {@code { exact = [64, 64] }}. Antialiased, bit-identical to Pillow's BILINEAR; the sizes are
 * those of torchvision's {@code Resize} and {@code CenterCrop}.
 */
public record Resize(
    @Key(value = "the shorter side, in pixels; the aspect is kept", min = 1, max = 65_535)
        Optional<Integer> shorter,
    @Key(
            value = "the side of the square cut from the middle after that, in pixels",
            min = 1,
            max = 65_535)
        Optional<Integer> crop,
    @Key(value = "height and width in pixels, e.g. [64, 64]", min = 1, max = 65_535)
        Optional<List<Integer>> exact)
    implements Serializable {
  private static final int LONGEST = 65_535;

  /** Checks that the keys make one size. */
  public Resize {
    if (shorter.isPresent() == exact.isPresent()) {
      throw new IllegalArgumentException(
          "write { shorter = 128 }, { shorter = 256, crop = 224 } or { exact = [64, 64] }");
    }
    if (exact.isPresent() && (exact.get().size() != 2 || crop.isPresent())) {
      throw new IllegalArgumentException(
          "exact takes [height, width] and no crop, e.g. { exact = [64, 64] }");
    }
    if (crop.isPresent() && crop.get() > shorter.get()) {
      throw new IllegalArgumentException(
          "the crop (" + crop.get() + ") is larger than the shorter side (" + shorter.get() + ")");
    }
  }

  /**
   * What is to be computed of a picture.
   *
   * @param height of the whole picture after scaling
   * @param width of the whole picture after scaling
   * @param top first row that is kept
   * @param left first column that is kept
   * @param rows that are kept
   * @param columns that are kept
   */
  record Frame(int height, int width, int top, int left, int rows, int columns) {
    static Frame whole(int height, int width) {
      return new Frame(height, width, 0, 0, height, width);
    }
  }

  /** The frame for a picture of that size. */
  Frame frame(int height, int width) {
    if (exact.isPresent()) {
      return Frame.whole(exact.get().get(0), exact.get().get(1));
    }
    int side = shorter.orElseThrow();
    int longer =
        (int)
            Math.min(
                LONGEST,
                (double) ((long) side * Math.max(height, width)) / Math.min(height, width));
    int rows = height <= width ? side : longer;
    int columns = height <= width ? longer : side;
    if (crop.isEmpty()) {
      return Frame.whole(rows, columns);
    }
    int cut = crop.get();
    return new Frame(rows, columns, middle(rows - cut), middle(columns - cut), cut, cut);
  }

  /** The size that every picture comes out with, if it does not depend on the picture. */
  public Optional<int[]> fixedSize() {
    return exact
        .map(size -> new int[] {size.get(0), size.get(1)})
        .or(() -> crop.map(side -> new int[] {side, side}));
  }

  /** Half, and of two nearest whole numbers the even one, as Python rounds. */
  private static int middle(int room) {
    return (int) Math.rint(room / 2.0);
  }
}
