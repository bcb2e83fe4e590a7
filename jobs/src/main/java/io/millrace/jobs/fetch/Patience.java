package io.millrace.jobs.fetch;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Limits of tries and waiting times.
 *
 * @param pauses pauses between tries of one file that bring nothing new; there is one more try than
 *     pauses
 * @param mostTries the most tries of one file, including those that bring something
 * @param connect the longest time until there is a connection
 * @param stall the longest time until an answer begins, and between two pieces of it
 */
public record Patience(List<Duration> pauses, int mostTries, Duration connect, Duration stall) {
  private static final int PAUSES = 7;
  private static final Duration FIRST = Duration.ofMillis(200);

  /** Eight tries with pauses that double, 25.4 s together. */
  public static Patience usual() {
    return new Patience(
        IntStream.range(0, PAUSES).mapToObj(i -> FIRST.multipliedBy(1L << i)).toList(),
        100,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30));
  }
}
