package io.millrace.jobs.ingest;

import java.io.IOException;
import java.util.Arrays;

/**
 * Finds equal numbers in a stream of any length within fixed memory: the stream is gone through
 * once for each range of numbers that surely fits.
 */
final class Repeats {
  /** Numbers held at once: 32 MB. */
  static final int HELD = 1 << 22;

  /** Takes one number. */
  @FunctionalInterface
  interface Sink {
    void number(long number);
  }

  /** Gives all numbers, the same each time. */
  @FunctionalInterface
  interface Stream {
    void into(Sink sink) throws IOException;
  }

  /** Takes numbers that stand next to each other when all are sorted. */
  @FunctionalInterface
  interface Run {
    /** The numbers {@code from} to {@code to} (exclusive) agree except for their low bits. */
    void found(long[] sorted, int from, int to) throws IOException;
  }

  private Repeats() {}

  /**
   * @param count how many numbers there are
   * @param lowBits that do not count in comparing
   */
  static void find(Stream stream, long count, int lowBits, Run run) throws IOException {
    // Hashes are uniform, so that half the room is left for chance.
    int passes = (int) (1 + 2 * count / HELD);
    Held held = new Held((int) Math.min(Math.max(1, count), HELD));
    for (int pass = 0; pass < passes; pass++) {
      int wanted = pass;
      held.filled = 0;
      stream.into(
          number -> {
            if (range(number, passes) == wanted) {
              held.add(number);
            }
          });
      Arrays.sort(held.numbers, 0, held.filled);
      runs(held.numbers, held.filled, lowBits, run);
    }
  }

  private static final class Held {
    private long[] numbers;
    private int filled;

    Held(int room) {
      numbers = new long[room];
    }

    void add(long number) {
      // One number a million times is no chance: it falls into one range however they are cut.
      if (filled == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * numbers.length);
      }
      numbers[filled++] = number;
    }
  }

  private static int range(long number, int passes) {
    return (int) (((number >>> 32) * passes) >>> 32);
  }

  private static void runs(long[] sorted, int filled, int lowBits, Run run) throws IOException {
    for (int from = 0, to; from < filled; from = to) {
      to = from + 1;
      while (to < filled && sorted[to] >> lowBits == sorted[from] >> lowBits) {
        to++;
      }
      if (to - from > 1) {
        run.found(sorted, from, to);
      }
    }
  }
}
