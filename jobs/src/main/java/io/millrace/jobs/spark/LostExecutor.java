package io.millrace.jobs.spark;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One executor that was lost.
 *
 * @param id Spark's number of it
 * @param host empty if it is not known
 * @param reason Spark's words
 * @param begun when it was added, as a count of Spark's events; 0 if it was there from the
 *     beginning
 * @param ended when it was lost, counted likewise
 */
record LostExecutor(
    String id, String host, ExecutorLoss loss, String reason, long begun, long ended) {
  private static final String SHARES = ": ";

  /** Executor 1 on HOST. */
  String name() {
    return "executor " + id + (host.isEmpty() ? "" : " on " + host);
  }

  /**
   * The line for the person watching.
   *
   * @param work the description of what it did; empty if it did nothing
   */
  String sentence(String work) {
    return "E" + name().substring(1) + " was lost: " + loss.why() + "; " + after(work) + ".";
  }

  private static String after(String work) {
    if (work.isEmpty()) {
      return "it had no task";
    }
    int part = work.indexOf(SHARES);
    return part < 0
        ? "its tasks run again"
        : "its share of " + work.substring(part + SHARES.length()) + " runs again";
  }

  /** The same for the log of events. */
  Map<String, Object> event(String work) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("executor", id);
    event.put("host", host);
    event.put("why", loss.why());
    event.put("reason", reason.strip());
    event.put("work", work);
    return event;
  }
}
