package io.millrace.pipeline.history;

/** The state of a run. */
public enum RunState {
  /** Its process is alive, or on another host, where that is not known. */
  RUNNING,
  /** All its stages ran or were skipped. */
  SUCCEEDED,
  /** A stage failed. */
  FAILED,
  /** A user or the system asked it to stop, and it stopped properly. */
  INTERRUPTED,
  /** Its process is gone without having recorded its end. */
  KILLED;

  /** In lower case, as in JSON and on pages. */
  public String text() {
    return switch (this) {
      case RUNNING -> "running";
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      case INTERRUPTED -> "interrupted";
      case KILLED -> "killed";
    };
  }
}
