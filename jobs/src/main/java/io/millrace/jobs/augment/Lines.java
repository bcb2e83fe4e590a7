package io.millrace.jobs.augment;

import java.util.Arrays;

/**
 * Where each row and column of a picture's next form comes from. Padding, cropping and flipping
 * move whole rows and columns, so that a chain of any length of them is one gather. Used again for
 * every picture; not for use by several threads.
 */
final class Lines {
  /** Comes from nowhere: black. */
  private static final int NOWHERE = -1;

  private final Line rows = new Line();
  private final Line columns = new Line();
  private boolean black;

  /** Every row and column where it is. */
  void start(int height, int width) {
    rows.start(height);
    columns.start(width);
    black = false;
  }

  int height() {
    return rows.length;
  }

  int width() {
    return columns.length;
  }

  void pad(int by, Pad.Filling with) {
    rows.pad(by, with);
    columns.pad(by, with);
    black |= with == Pad.Filling.ZERO;
  }

  void crop(int top, int left, int height, int width) {
    rows.crop(top, height);
    columns.crop(left, width);
  }

  /**
   * @param columns whether left and right change places, else top and bottom do
   */
  void reverse(boolean columns) {
    (columns ? this.columns : rows).reverse();
  }

  /** Gathers the canvas' pixels into its next form. */
  void gather(Canvas canvas) {
    byte[] from = canvas.pixels();
    int height = rows.length;
    int width = columns.length;
    byte[] to = canvas.next(height, width);
    int[] across = columns.sources;
    boolean run = columns.isRun();
    for (int c = 0, at = 0; c < canvas.channels(); c++) {
      for (int y = 0; y < height; y++, at += width) {
        int source = rows.sources[y];
        int row = (c * canvas.height() + source) * canvas.width();
        if (source == NOWHERE) {
          Arrays.fill(to, at, at + width, (byte) 0);
        } else if (run) {
          System.arraycopy(from, row + across[0], to, at, width);
        } else {
          gather(from, row, across, to, at, width);
        }
      }
    }
    canvas.turn(height, width);
  }

  private static void gather(byte[] from, int row, int[] across, byte[] to, int at, int width) {
    for (int x = 0; x < width; x++) {
      to[at + x] = across[x] == NOWHERE ? 0 : from[row + across[x]];
    }
  }

  /**
   * Gathers the canvas' pixels straight into floats.
   *
   * @param tables the float of each level, by channel
   * @param to CHW of the next form
   */
  void gather(Canvas canvas, float[][] tables, float[] to) {
    byte[] from = canvas.pixels();
    int width = columns.length;
    for (int c = 0, at = 0; c < canvas.channels(); c++) {
      float[] table = tables[c];
      for (int y = 0; y < rows.length; y++, at += width) {
        int source = rows.sources[y];
        int row = (c * canvas.height() + source) * canvas.width();
        if (source == NOWHERE) {
          Arrays.fill(to, at, at + width, table[0]);
        } else if (black) {
          gatherWithBlack(from, row, columns.sources, table, to, at, width);
        } else {
          gather(from, row, columns.sources, table, to, at, width);
        }
      }
    }
  }

  private static void gather(
      byte[] from, int row, int[] across, float[] table, float[] to, int at, int width) {
    for (int x = 0; x < width; x++) {
      to[at + x] = table[from[row + across[x]] & 0xFF];
    }
  }

  private static void gatherWithBlack(
      byte[] from, int row, int[] across, float[] table, float[] to, int at, int width) {
    for (int x = 0; x < width; x++) {
      to[at + x] = table[across[x] == NOWHERE ? 0 : from[row + across[x]] & 0xFF];
    }
  }

  /** The sources of one axis. */
  private static final class Line {
    private int[] sources = {};
    private int[] spare = {};
    private int length;

    void start(int size) {
      length = size;
      if (sources.length < size) {
        sources = new int[size];
      }
      for (int i = 0; i < size; i++) {
        sources[i] = i;
      }
    }

    void pad(int by, Pad.Filling with) {
      int padded = length + 2 * by;
      if (spare.length < padded) {
        spare = new int[padded];
      }
      System.arraycopy(sources, 0, spare, by, length);
      for (int i = 1; i <= by; i++) {
        spare[by - i] =
            switch (with) {
              case REFLECT -> sources[i];
              case EDGE -> sources[0];
              case ZERO -> NOWHERE;
            };
        spare[by + length - 1 + i] =
            switch (with) {
              case REFLECT -> sources[length - 1 - i];
              case EDGE -> sources[length - 1];
              case ZERO -> NOWHERE;
            };
      }
      int[] kept = sources;
      sources = spare;
      spare = kept;
      length = padded;
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

    /** Whether the sources stand side by side. */
    boolean isRun() {
      for (int i = 1; i < length; i++) {
        if (sources[i] != sources[i - 1] + 1) {
          return false;
        }
      }
      return sources[0] != NOWHERE;
    }
  }
}
