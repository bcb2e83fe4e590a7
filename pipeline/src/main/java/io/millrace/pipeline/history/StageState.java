package io.millrace.pipeline.history;

/** How a stage of a run stands. */
public enum StageState {
  /** Its turn has not come, or never came. */
  WAITING,
  /** Its job is at work. */
  RUNNING,
  /** Its job ran and left a result. */
  RAN,
  /** A result was there and was used. */
  SKIPPED,
  /** Its job failed, or could not start because another one did. */
  FAILED,
  /** The run ended while its job was at work. */
  STOPPED;

  /** In lower case, as in JSON and on pages. */
  public String text() {
    return switch (this) {
      case WAITING -> "waiting";
      case RUNNING -> "running";
      case RAN -> "ran";
      case SKIPPED -> "skipped";
      case FAILED -> "failed";
      case STOPPED -> "stopped";
    };
  }
}
