package io.millrace.jobs.ingest;

import java.io.IOException;
import java.util.Arrays;

/**
 * Finds equal numbers in a stream of any length within fixed memory: the stream is read once for
 * each range of numbers that surely fits.
 */
final class Repeats {
  /** Numbers held at once: 32 MB. */
  static final int HELD = 1 << 22;

  /** Receives one number. */
  @FunctionalInterface
  interface Sink {
    void number(long number);
  }

  /** Gives all numbers, the same each time. */
  @FunctionalInterface
  interface Stream {
    void into(Sink sink) throws IOException;
  }

  /** Receives numbers that are next to each other when all are sorted. */
  @FunctionalInterface
  interface Run {
    /** The numbers {@code from} to {@code to} (exclusive) are equal except for their low bits. */
    void found(long[] sorted, int from, int to) throws IOException;
  }

  private Repeats() {}

  /**
   * @param count how many numbers there are
   * @param lowBits how many low bits are ignored when comparing
   */
  static void find(Stream stream, long count, int lowBits, Run run) throws IOException {
    // Hashes are uniform, but not exactly, so half of the memory is spare.
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
      // A number that occurs a million times is not a matter of chance: it is always in one range.
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
