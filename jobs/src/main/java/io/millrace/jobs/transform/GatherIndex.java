package io.millrace.jobs.transform;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where each row and column of a picture's next form comes from. Padding, cropping and flipping
 * move whole rows and columns, so that any number of them in a row needs one pass. Used again for
 * every picture; not for use by several threads.
 */
public final class GatherIndex {
  /** For a row or column without a source: black. */
  private static final int NOWHERE = -1;

  /** From this length on System.arraycopy is faster. */
  private static final int LONG_RUN = 128;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Line rows = new Line();
  private final Line columns = new Line();

  /** Leaves every row and column where it is. */
  void start(int height, int width) {
    rows.start(height);
    columns.start(width);
  }

  /** The height now, in pixels. */
  public int height() {
    return rows.length;
  }

  /** The width now, in pixels. */
  public int width() {
    return columns.length;
  }

  /** Adds so many rows and columns on every side. */
  public void pad(int by, Pad.Filling with) {
    rows.pad(by, with);
    columns.pad(by, with);
  }

  /** Keeps a part. */
  public void crop(int top, int left, int height, int width) {
    rows.crop(top, height);
    columns.crop(left, width);
  }

  /**
   * @param columns whether left and right change places, else top and bottom do
   */
  public void reverse(boolean columns) {
    (columns ? this.columns : rows).reverse();
  }

  /**
   * Copies the canvas' pixels into its next form: columns that stay neighbours row by row, others
   * column by column. Short runs in each row would cost a branch misprediction each.
   */
  void gather(Canvas canvas) {
    if (leaveAll(canvas)) {
      return;
    }
    byte[] to = canvas.next(rows.length, columns.length);
    columns.split();
    for (int c = 0; c < canvas.channels(); c++) {
      for (int run = 0; run < columns.runs; run++) {
        int begin = columns.begins[run];
        int end = columns.begins[run + 1];
        if (end - begin >= Long.BYTES && columns.steps[run] != 0) {
          gatherRows(canvas, c, begin, end - begin, columns.steps[run], to);
        } else {
          for (int x = begin; x < end; x++) {
            gatherColumn(canvas, c, x, to);
          }
        }
      }
    }
    canvas.turn(rows.length, columns.length);
  }

  private boolean leaveAll(Canvas canvas) {
    return rows.leavesAll(canvas.height()) && columns.leavesAll(canvas.width());
  }

  private void gatherRows(Canvas canvas, int c, int begin, int length, int step, byte[] to) {
    byte[] from = canvas.pixels();
    int source = c * canvas.plane() + columns.sources[begin];
    int at = c * rows.length * columns.length + begin;
    for (int y = 0; y < rows.length; y++, at += columns.length) {
      int row = rows.sources[y];
      if (row == NOWHERE) {
        Arrays.fill(to, at, at + length, (byte) 0);
      } else if (step > 0) {
        forward(from, source + row * canvas.width(), to, at, length);
      } else {
        backward(from, source + row * canvas.width(), to, at, length);
      }
    }
  }

  private void gatherColumn(Canvas canvas, int c, int x, byte[] to) {
    byte[] from = canvas.pixels();
    int column = columns.sources[x];
    int base = c * canvas.plane() + column;
    int at = c * rows.length * columns.length + x;
    for (int y = 0; y < rows.length; y++, at += columns.length) {
      int row = rows.sources[y];
      boolean nowhere = row == NOWHERE || column == NOWHERE;
      to[at] = nowhere ? 0 : from[base + row * canvas.width()];
    }
  }

  /**
   * Copies eight pixels at a time; the last eight may overlap the ones before. For short runs that
   * is faster than calls.
   *
   * @param length at least eight
   */
  private static void forward(byte[] from, int source, byte[] to, int at, int length) {
    if (length >= LONG_RUN) {
      System.arraycopy(from, source, to, at, length);
    } else {
      for (int x = 0; x < length - Long.BYTES; x += Long.BYTES) {
        LONGS.set(to, at + x, (long) LONGS.get(from, source + x));
      }
      int last = length - Long.BYTES;
      LONGS.set(to, at + last, (long) LONGS.get(from, source + last));
    }
  }

  private static void backward(byte[] from, int source, byte[] to, int at, int length) {
    int end = source - (Long.BYTES - 1);
    for (int x = 0; x < length - Long.BYTES; x += Long.BYTES) {
      LONGS.set(to, at + x, Long.reverseBytes((long) LONGS.get(from, end - x)));
    }
    int last = length - Long.BYTES;
    LONGS.set(to, at + last, Long.reverseBytes((long) LONGS.get(from, end - last)));
  }

  /** The sources of one axis. */
  private static final class Line {
    private int[] sources = {};
    private int[] spare = {};
    private int[] begins = {};
    private int[] steps = {};
    private int runs;
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

    boolean leavesAll(int size) {
      if (length != size) {
        return false;
      }
      for (int i = 0; i < size; i++) {
        if (sources[i] != i) {
          return false;
        }
      }
      return true;
    }

    /** Finds the runs of sources that are neighbours. */
    void split() {
      if (steps.length < length) {
        steps = new int[length];
        begins = new int[length + 1];
      }
      runs = 0;
      int begin = 0;
      while (begin < length) {
        int end = begin + 1;
        int step = end < length ? sources[end] - sources[begin] : 1;
        if (Math.abs(step) > 1 || isNowhere(begin) != isNowhere(Math.min(end, length - 1))) {
          step = 1;
        } else {
          while (end < length
              && sources[end] - sources[end - 1] == step
              && isNowhere(end) == isNowhere(begin)) {
            end++;
          }
        }
        begins[runs] = begin;
        steps[runs++] = step;
        begin = end;
      }
      begins[runs] = length;
    }

    private boolean isNowhere(int index) {
      return sources[index] == NOWHERE;
    }
  }
}
