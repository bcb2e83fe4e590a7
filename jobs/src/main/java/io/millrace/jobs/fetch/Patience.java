package io.millrace.jobs.fetch;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How long a server is borne with.
 *
 * @param pauses between tries of one file that bring nothing new; one more try than pauses
 * @param mostTries of one file, those that bring something among them
 * @param connect until a connection stands
 * @param stall until an answer begins, and between two pieces of it
 */
public record Patience(List<Duration> pauses, int mostTries, Duration connect, Duration stall) {
  private static final int PAUSES = 7;
  private static final Duration FIRST = Duration.ofMillis(200);

  /** Eight tries with doubling pauses, 25.4 s together. */
  public static Patience usual() {
    return new Patience(
        IntStream.range(0, PAUSES).mapToObj(i -> FIRST.multipliedBy(1L << i)).toList(),
        100,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30));
  }
}
