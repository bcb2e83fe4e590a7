package io.millrace.pipeline.diagram;

import io.millrace.pipeline.history.StageState;
import io.millrace.pipeline.plan.PlannedOutcome;

/** The status of a stage, with its colours in a diagram: fill, then border. */
enum StageStatus {
  /** It ran. */
  RAN("ran", "#d9f2dd", "#2f7d3b"),
  /** An existing result is used. */
  SKIPPED("skipped", "#eceff1", "#78909c"),
  /** It is running or will run. */
  RUNNING("running", "#dceafb", "#2563a8"),
  /** It runs unless its inputs come out unchanged. */
  OPEN("open", "#fff4d6", "#a97400"),
  /** It failed, could not start, or was running when its run ended. */
  FAILED("failed", "#fbdfdf", "#b3261e"),
  /** Its turn has not come. */
  WAITING("waiting", "#ffffff", "#9e9e9e");

  private final String text;
  private final String fill;
  private final String border;

  StageStatus(String text, String fill, String border) {
    this.text = text;
    this.fill = fill;
    this.border = border;
  }

  /** A word that is not a keyword in either language. */
  String text() {
    return text;
  }

  String fill() {
    return fill;
  }

  String border() {
    return border;
  }

  static StageStatus of(PlannedOutcome outcome) {
    return switch (outcome) {
      case RUN -> RUNNING;
      case SKIP -> SKIPPED;
      case RUN_UNLESS_UNCHANGED -> OPEN;
    };
  }

  static StageStatus of(StageState state) {
    return switch (state) {
      case WAITING -> WAITING;
      case RUNNING -> RUNNING;
      case RAN -> RAN;
      case SKIPPED -> SKIPPED;
      case FAILED, STOPPED -> FAILED;
    };
  }
}
