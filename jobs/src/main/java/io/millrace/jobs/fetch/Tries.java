package io.millrace.jobs.fetch;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Repeats the tries of one file. Each pause is longer than the one before, but there is none after
 * a try that brought something, so that a long download that is often cut does not wait long.
 */
final class Tries {
  private static final int NO_LIMIT = -1;

  private final String what;
  private final URI url;
  private final Patience patience;
  private final Consumer<String> told;
  private int failed;
  private int pauses;
  private Duration pause = Duration.ZERO;

  /**
   * @param told receives why there is another try
   */
  Tries(String what, URI url, Patience patience, Consumer<String> told) {
    this.what = what;
    this.url = url;
    this.patience = patience;
    this.told = told;
  }

  /** One try. */
  @FunctionalInterface
  interface Try<T> {
    /**
     * @throws LostTry counted by {@link #lost}, if another try may succeed
     */
    T run() throws IOException, InterruptedException;
  }

  /**
   * Tries until it succeeds.
   *
   * @throws CannotException if the last try failed
   */
  <T> T call(Try<T> one) throws IOException, InterruptedException {
    // lost() limits the tries, since whether a try counts depends on what it brought.
    RetryPolicy<T> policy =
        RetryPolicy.<T>builder()
            .handle(LostTry.class)
            .withMaxRetries(NO_LIMIT)
            .withDelayFn(next -> pause)
            .build();
    try {
      return Failsafe.with(policy).get(one::run);
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  /**
   * Counts a failed try.
   *
   * @param broughtSomething whether it got further than those before
   * @param advice what to do if it was the last
   * @return the same exception, to be thrown
   * @throws CannotException if it was the last
   */
  LostTry lost(LostTry lost, boolean broughtSomething, String advice) {
    failed++;
    boolean spent = !broughtSomething && pauses >= patience.pauses().size();
    if (spent || failed >= patience.mostTries()) {
      throw new CannotException(
          what,
          url + " failed " + failed + " times, the last time: " + lost.getMessage() + "; " + advice,
          lost);
    }
    pause = broughtSomething ? Duration.ZERO : patience.pauses().get(pauses++);
    told.accept("try " + (failed + 1) + ": " + lost.getMessage());
    return lost;
  }
}
