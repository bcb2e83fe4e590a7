package io.millrace.jobs.spark;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The executors that one stage lost: each is reported, and losing executors in the same way again
 * and again ends the stage. Executors lost together count once: a loss is counted if the executor
 * was added after the last counted loss.
 */
final class StageLosses {
  /** The event of a run's log. */
  static final String EVENT = "executor-lost";

  private static final int MOST = 3;
  private static final Pattern IN_FAILURE =
      Pattern.compile(
          "(\\d+) times.*\\(TID \\d+\\) \\((\\S+) executor (\\S+)\\): "
              + "ExecutorLostFailure \\([^)]*\\) Reason: ([^\\n]*)");

  private record Count(int times, long last) {}

  private final String what;
  private final JobContext context;
  private final Map<ExecutorLoss, Count> counts = new HashMap<>();
  private Optional<CannotException> verdict = Optional.empty();

  /**
   * @param what is done, after "cannot"
   */
  StageLosses(String what, JobContext context) {
    this.what = what;
    this.context = context;
  }

  boolean isOf(JobContext other) {
    return context == other;
  }

  /**
   * Adds a lost executor.
   *
   * @param work the description of what it did for this stage; empty if it did nothing
   * @param memory of each executor
   */
  void add(LostExecutor lost, String work, ExecutorMemory memory) {
    context.event(EVENT, lost.event(work));
    context.notice(lost.sentence(work));
    Count before = counts.get(lost.loss());
    if (before != null && lost.begun() < before.last()) {
      return;
    }
    int times = before == null ? 1 : before.times() + 1;
    counts.put(lost.loss(), new Count(times, lost.ended()));
    if (times == MOST) {
      verdict =
          Optional.of(cannot("executors were lost three times in the same way", lost, memory));
    }
  }

  /**
   * To be called when work has succeeded: forgets losses that were due to a host or a connection.
   */
  void progressed() {
    counts.keySet().removeIf(loss -> !loss.ofItself());
  }

  /** Why the stage can't continue, if it can't. */
  Optional<CannotException> verdict() {
    return verdict;
  }

  /** The sentence for a job that Spark gave up because one task lost its executors. */
  Optional<CannotException> of(Throwable failure, ExecutorMemory memory) {
    Matcher told = IN_FAILURE.matcher(String.valueOf(failure.getMessage()));
    if (!told.find()) {
      return Optional.empty();
    }
    String reason = told.group(4);
    return ExecutorLoss.of(reason)
        .map(loss -> new LostExecutor(told.group(3), told.group(2), loss, reason, 0, 0))
        .map(
            lost -> cannot("one task lost its executor " + told.group(1) + " times", lost, memory));
  }

  private CannotException cannot(String happened, LostExecutor lost, ExecutorMemory memory) {
    return new CannotException(
        what,
        "%s, the last time %s (%s), with %s; %s"
            .formatted(happened, lost.name(), lost.loss().why(), memory, lost.loss().remedy()));
  }
}
