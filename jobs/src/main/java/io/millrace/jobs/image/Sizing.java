package io.millrace.jobs.image;

import java.io.Serializable;

/**
 * How pictures are resized and cropped. Antialiased, bit-identical to Pillow's BILINEAR; the sizes
 * are those of torchvision's {@code Resize} and {@code CenterCrop}.
 */
public sealed interface Sizing extends Serializable {
  /** The longest side that a picture is scaled to. */
  int LONGEST = 65_535;

  /** What is computed of a picture of that size. */
  Frame frame(int height, int width);

  /** About how many pixels a result has; 0 if it depends only on the picture. */
  long pixels();

  /**
   * What is computed of a picture.
   *
   * @param height of the whole picture after scaling
   * @param width of the whole picture after scaling
   * @param top first row that is kept
   * @param left first column that is kept
   * @param rows that are kept
   * @param columns that are kept
   */
  record Frame(int height, int width, int top, int left, int rows, int columns) {
    public static Frame whole(int height, int width) {
      return new Frame(height, width, 0, 0, height, width);
    }
  }

  /** Pictures keep their size. */
  record Own() implements Sizing {
    @Override
    public Frame frame(int height, int width) {
      return Frame.whole(height, width);
    }

    @Override
    public long pixels() {
      return 0;
    }
  }

  /**
   * One size for all pictures; the aspect ratio is not kept.
   *
   * @param rows of the result
   * @param columns of the result
   */
  record Exact(int rows, int columns) implements Sizing {
    @Override
    public Frame frame(int height, int width) {
      return Frame.whole(rows, columns);
    }

    @Override
    public long pixels() {
      return (long) rows * columns;
    }
  }

  /**
   * The aspect ratio is kept.
   *
   * @param side the shorter side of the result
   */
  record Shorter(int side) implements Sizing {
    @Override
    public Frame frame(int height, int width) {
      long product = (long) side * Math.max(height, width);
      int longer = (int) Math.min(LONGEST, (double) product / Math.min(height, width));
      return height <= width ? Frame.whole(side, longer) : Frame.whole(longer, side);
    }

    @Override
    public long pixels() {
      // Most photographs are 4 to 3.
      return (long) side * side * 4 / 3;
    }
  }

  /**
   * The aspect ratio is kept, then a square is cropped from the centre.
   *
   * @param side the shorter side before the crop
   * @param crop side of the square
   */
  record Cropped(int side, int crop) implements Sizing {
    @Override
    public Frame frame(int height, int width) {
      Frame whole = new Shorter(side).frame(height, width);
      int top = middle(whole.height() - crop);
      return new Frame(
          whole.height(), whole.width(), top, middle(whole.width() - crop), crop, crop);
    }

    @Override
    public long pixels() {
      return (long) crop * crop;
    }
  }

  /**
   * The aspect ratio is kept and the whole result covered, then what is too much is cropped on both
   * sides. With equal rows and columns, it is the same as {@link Cropped}.
   *
   * @param rows of the result
   * @param columns of the result
   */
  record Covered(int rows, int columns) implements Sizing {
    @Override
    public Frame frame(int height, int width) {
      boolean low = (long) rows * width >= (long) columns * height;
      int scaledHeight = low ? rows : scaled(height, columns, width);
      int scaledWidth = low ? scaled(width, rows, height) : columns;
      return new Frame(
          scaledHeight,
          scaledWidth,
          middle(scaledHeight - rows),
          middle(scaledWidth - columns),
          rows,
          columns);
    }

    @Override
    public long pixels() {
      return (long) rows * columns;
    }

    private static int scaled(int side, int to, int from) {
      return (int) Math.min(LONGEST, (double) ((long) to * side) / from);
    }
  }

  /** Half, rounded to the nearest whole number, of two the even one, as in Python. */
  private static int middle(int room) {
    return (int) Math.rint(room / 2.0);
  }
}
