package io.millrace.pipeline.run;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.StorageFailure;
import io.millrace.pipeline.text.Amounts;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Repeats a stage's failed attempt as often as the stage allows, with a delay that doubles each
 * time.
 */
final class Retries {
  private static final int MAX_DOUBLINGS = 20;

  private Retries() {}

  /**
   * @throws Exception from the last attempt
   */
  static <T> T call(StageSpec stage, StageContext context, Callable<T> attempt) throws Exception {
    RetryPolicyBuilder<T> policy =
        RetryPolicy.<T>builder()
            .handleIf(Retries::mayPass)
            .withMaxRetries(stage.retries())
            .onRetryScheduled(
                retry ->
                    context.notice(
                        "attempt "
                            + retry.getAttemptCount()
                            + " failed ("
                            + Failure.brief(retry.getLastException())
                            + "); trying again in "
                            + Amounts.duration(retry.getDelay())));
    Duration delay = stage.retryDelay();
    if (stage.retries() > 0 && delay.compareTo(Duration.ZERO) > 0) {
      long longest = 1L << Math.min(stage.retries(), MAX_DOUBLINGS);
      policy.withBackoff(delay, delay.multipliedBy(longest));
    }
    try {
      return Failsafe.with(policy.build()).get(attempt::call);
    } catch (FailsafeException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /**
   * Whether another attempt may succeed; not after an error that the user must fix, or a full disk.
   */
  private static boolean mayPass(Throwable failure) {
    return failure instanceof Exception
        && !(failure instanceof CannotException)
        && !(failure instanceof ConfigurationException)
        && !Failure.isInterruption(failure)
        && !StorageFailure.isDiskFull(failure);
  }
}
