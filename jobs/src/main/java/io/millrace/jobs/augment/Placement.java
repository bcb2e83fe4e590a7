package io.millrace.jobs.augment;

import io.millrace.jobs.augment.Transform.Axis;
import io.millrace.jobs.augment.Transform.Flip;
import io.millrace.jobs.augment.Transform.PadReflect;
import io.millrace.jobs.augment.Transform.RandomCrop;

/**
 * Where each row and column of a chain's result comes from, for images of one size. Padding,
 * cropping and flipping move whole rows and columns, so that a chain of any length is one gather.
 * Used again for every image; not for use by several threads.
 */
public final class Placement {
  private final Transform[] transforms;
  private final int height;
  private final int width;
  private Line rows;
  private Line columns;

  /**
   * @param chain that fits images of the size
   */
  public Placement(Chain chain, int height, int width) {
    this.transforms = chain.transforms().toArray(Transform[]::new);
    this.height = height;
    this.width = width;
    int padding =
        chain.transforms().stream()
            .filter(PadReflect.class::isInstance)
            .mapToInt(pad -> 2 * ((PadReflect) pad).by())
            .sum();
    rows = new Line(height + padding);
    columns = new Line(width + padding);
  }

  /** Takes the draws of one image: {@link #rows} and {@link #columns} are its own from here on. */
  public void draw(Draws draws) {
    rows.start(height);
    columns.start(width);
    for (int position = 0; position < transforms.length; position++) {
      Transform transform = transforms[position];
      if (transform instanceof PadReflect pad) {
        rows.padReflect(pad.by());
        columns.padReflect(pad.by());
      } else if (transform instanceof RandomCrop crop) {
        int size = crop.size();
        rows.crop(draws.below(position, 0, rows.length() - size + 1), size);
        columns.crop(draws.below(position, 1, columns.length() - size + 1), size);
      } else if (transform instanceof Flip flip && draws.coin(position, 0)) {
        (flip.axis() == Axis.HORIZONTAL ? columns : rows).reverse();
      }
    }
  }

  /** The source row of each row; entries beyond the result's height mean nothing. */
  public int[] rows() {
    return rows.sources();
  }

  /** The source column of each column; entries beyond the result's width mean nothing. */
  public int[] columns() {
    return columns.sources();
  }

  /** The result's height. */
  public int height() {
    return rows.length();
  }

  /** The result's width. */
  public int width() {
    return columns.length();
  }

  /** The sources of one axis. */
  private static final class Line {
    private int[] sources;
    private int[] spare;
    private int length;

    Line(int longest) {
      sources = new int[longest];
      spare = new int[longest];
    }

    int[] sources() {
      return sources;
    }

    int length() {
      return length;
    }

    void start(int size) {
      length = size;
      for (int i = 0; i < size; i++) {
        sources[i] = i;
      }
    }

    void padReflect(int by) {
      System.arraycopy(sources, 0, spare, by, length);
      for (int i = 1; i <= by; i++) {
        spare[by - i] = sources[i];
        spare[by + length - 1 + i] = sources[length - 1 - i];
      }
      length += 2 * by;
      swap();
    }

    void crop(int from, int size) {
      System.arraycopy(sources, from, sources, 0, size);
      length = size;
    }

    void reverse() {
      for (int i = 0, j = length - 1; i < j; i++, j--) {
        int kept = sources[i];
        sources[i] = sources[j];
        sources[j] = kept;
      }
    }

    private void swap() {
      int[] kept = sources;
      sources = spare;
      spare = kept;
    }
  }
}
