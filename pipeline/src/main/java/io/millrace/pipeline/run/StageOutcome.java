package io.millrace.pipeline.run;

import org.apiguardian.api.API;

/** What happened to a stage. */
@API(status = API.Status.STABLE)
public enum StageOutcome {
  /** The job ran and its result was published. */
  RAN,
  /** An existing artifact was used. */
  SKIPPED,
  /** The job failed, or could not start because a stage that it reads failed. */
  FAILED;

  /** {@code ran}, {@code skipped} or {@code failed}, as in the JSON of a run. */
  public String text() {
    return switch (this) {
      case RAN -> "ran";
      case SKIPPED -> "skipped";
      case FAILED -> "failed";
    };
  }
}
