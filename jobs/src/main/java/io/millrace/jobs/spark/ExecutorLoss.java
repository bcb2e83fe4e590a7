package io.millrace.jobs.spark;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an executor ended, in plain words. Spark's own words differ by the kind of cluster.
 *
 * @param why the same text for every executor that ended the same way
 * @param remedy what to do if it happens again and again
 * @param ofItself whether another executor in its place is likely to end the same way; otherwise
 *     its host or its connection failed
 */
record ExecutorLoss(String why, String remedy, boolean ofItself) {
  private static final String MORE_MEMORY =
      "give each more memory (spark.executor.memory, spark.executor.memoryOverhead, the limit of its"
          + " container), or let its tasks need less (train: batch, workers)";
  private static final String MORE_HEAP =
      "raise spark.executor.memory, or let its tasks need less (train: batch, workers)";
  private static final String READ_LOG =
      "read their logs, on their workers' pages or in the cluster's logs of containers";
  private static final String LOOK_AT_HOSTS =
      "check that the cluster's hosts stay up and can be reached";

  private static final Pattern STATUS = Pattern.compile("\\b(?:code|status)(?: is|:)? (-?\\d+)");
  private static final int KILLED = 137;
  private static final int TERMINATED = 143;
  private static final int ABORTED = 134;
  private static final int SEGMENTATION_FAULT = 139;
  private static final int LOST_NODE = -100;
  // Exit statuses of Spark's executors: the heap is full, no folder for blocks, no answer from the
  // driver.
  private static final int HEAP_FULL = 52;
  private static final int NO_FOLDER = 53;
  private static final int NO_DRIVER = 56;

  /**
   * Interprets Spark's reason for an executor that it has removed.
   *
   * @return empty if that was intended: it had nothing to do, or its work was done
   */
  static Optional<ExecutorLoss> of(String reason) {
    String said = reason.toLowerCase(Locale.ROOT);
    return said.contains("killed by driver") ? Optional.empty() : Optional.of(lost(reason, said));
  }

  private static ExecutorLoss lost(String reason, String said) {
    if (said.contains("decommission")
        || said.contains("preempted")
        || said.contains("was deleted by")) {
      return gone("the cluster took it back", LOOK_AT_HOSTS);
    }
    if (said.contains("memory limits")) {
      return again("killed by the cluster, over its memory limit", MORE_MEMORY);
    }
    Matcher status = STATUS.matcher(said);
    if (status.find()) {
      return exited(Integer.parseInt(status.group(1)));
    }
    if (said.contains("worker lost") || said.contains("lost node") || said.contains("host lost")) {
      return gone("its host was lost", LOOK_AT_HOSTS);
    }
    if (said.contains("heartbeat")) {
      return gone(
          "it no longer answered",
          "check the load and the network of the hosts, or raise spark.network.timeout");
    }
    if (said.contains("disassociated")) {
      return gone(
          "its connection broke",
          "check the network of the hosts, and that the executors' containers have memory enough"
              + " (spark.executor.memoryOverhead)");
    }
    String first = reason.strip().lines().findFirst().orElse("").replaceFirst("\\.$", "");
    return gone(first.isEmpty() ? "the cluster doesn't say why" : first, READ_LOG);
  }

  private static ExecutorLoss exited(int status) {
    String text = "exit status " + status;
    return switch (status) {
      case KILLED -> again(text + ", killed, most often out of memory", MORE_MEMORY);
      case HEAP_FULL -> again(text + ", its heap was full", MORE_HEAP);
      case TERMINATED -> gone(text + ", told to end", LOOK_AT_HOSTS);
      case ABORTED, SEGMENTATION_FAULT -> again(text + ", its native code crashed", READ_LOG);
      case NO_FOLDER ->
          again(
              text + ", it could make no folder for its blocks",
              "check that its disk is not full and that it may write to spark.local.dir");
      case NO_DRIVER -> gone(text + ", it no longer reached the driver", LOOK_AT_HOSTS);
      case LOST_NODE -> gone("its host was lost", LOOK_AT_HOSTS);
      default -> again(text, READ_LOG);
    };
  }

  private static ExecutorLoss again(String why, String remedy) {
    return new ExecutorLoss(why, remedy, true);
  }

  private static ExecutorLoss gone(String why, String remedy) {
    return new ExecutorLoss(why, remedy, false);
  }
}
