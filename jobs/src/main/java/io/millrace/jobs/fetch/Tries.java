package io.millrace.jobs.fetch;

import io.millrace.pipeline.CannotException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How often one file was asked for in vain, and how long to wait before the next time. Not a policy
 * of Failsafe's: whether a try counts depends on what it brought.
 */
final class Tries {
  private final String what;
  private final URI url;
  private final Patience patience;
  private int failed;
  private int pauses;

  Tries(String what, URI url, Patience patience) {
    this.what = what;
    this.url = url;
    this.patience = patience;
  }

  /**
   * Waits, longer each time; not at all after a try that brought something, so that all pauses
   * together stay short however often a long download is cut.
   *
   * @param told hears why there is another try
   * @param advice what to do if this was the last try
   * @throws CannotException if it was
   */
  void rest(LostTry lost, boolean broughtSomething, String advice, Consumer<String> told)
      throws InterruptedException {
    failed++;
    boolean spent = !broughtSomething && pauses >= patience.pauses().size();
    if (spent || failed >= patience.mostTries()) {
      throw new CannotException(
          what,
          url + " failed " + failed + " times, the last time: " + lost.getMessage() + "; " + advice,
          lost);
    }
    Duration pause = broughtSomething ? Duration.ZERO : patience.pauses().get(pauses++);
    told.accept("try " + (failed + 1) + ": " + lost.getMessage());
    Thread.sleep(pause.toMillis());
  }
}
