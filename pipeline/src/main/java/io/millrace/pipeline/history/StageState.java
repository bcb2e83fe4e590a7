package io.millrace.pipeline.history;

/** The state of a stage of a run. */
public enum StageState {
  /** Its turn has not come, or never came. */
  WAITING,
  /** Its job is running. */
  RUNNING,
  /** Its job ran and made a result. */
  RAN,
  /** An existing result was used. */
  SKIPPED,
  /** Its job failed, or could not start because another one did. */
  FAILED,
  /** The run ended while its job was running. */
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
