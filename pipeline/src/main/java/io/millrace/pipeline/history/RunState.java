package io.millrace.pipeline.history;

/** How a run stands. */
public enum RunState {
  /** Its process is alive, or on another host so that nobody can tell. */
  RUNNING,
  /** All its stages ran or were skipped. */
  SUCCEEDED,
  /** A stage failed. */
  FAILED,
  /** A person or the system asked it to stop, and it did so in order. */
  INTERRUPTED,
  /** Its process is gone and it never said that it ended. */
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
