package io.millrace.jobs.showing;

import io.millrace.jobs.terminal.Ink;
import io.millrace.jobs.terminal.TextTable;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.PlannedOutcome;
import io.millrace.pipeline.plan.PlannedStage;
import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.StageOutcome;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans and results, for programs and for people. */
public final class Reports {
  /** How the reason of a stage begins that waited for one that failed. */
  private static final String NOT_STARTED = "not started: ";

  private Reports() {}

  /**
   * {@code {"pipeline", "outcome": "succeeded|failed", "seconds", "stages": [...]}}, and {@code
   * "error"} if it failed, {@code "interrupted": true} if it was stopped.
   */
  public static Map<String, Object> json(RunResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", result.pipeline());
    json.put("outcome", result.succeeded() ? "succeeded" : "failed");
    if (!result.succeeded()) {
      json.put("error", failures(result).get(0));
    }
    if (result.interrupted()) {
      json.put("interrupted", true);
    }
    json.put("seconds", result.seconds());
    json.put("run-folder", Places.text(result.runFolder()));
    json.put("stages", result.stages().stream().map(Reports::json).toList());
    return json;
  }

  /** The same of a job that ran alone: a pipeline of one stage, both named like the job. */
  public static Map<String, Object> json(StageResult stage, boolean succeeded) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", stage.job());
    json.put("outcome", succeeded ? "succeeded" : "failed");
    if (!succeeded) {
      json.put("error", stage.reason());
    }
    json.put("seconds", stage.seconds());
    json.put("stages", List.of(json(stage)));
    return json;
  }

  /** What a job that ran alone made, and where it lies. */
  public static String line(StageResult stage) {
    return stage.headline()
        + " in "
        + stage.artifact().map(Places::text).orElse("")
        + " ("
        + Amounts.seconds(stage.seconds())
        + ")";
  }

  private static Map<String, Object> json(StageResult stage) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", stage.name());
    json.put("job", stage.job());
    json.put("outcome", stage.outcome().text());
    json.put("reason", stage.reason());
    json.put("seconds", stage.seconds());
    json.put("artifact", stage.artifact().map(Places::text).orElse(null));
    json.put("metrics", stage.metrics());
    return json;
  }

  /** {@code {"pipeline", "outcome": "run|skip", "stages": [...]}}. */
  public static Map<String, Object> json(String pipeline, Plan plan) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", pipeline);
    json.put("outcome", allSkipped(plan) ? "skip" : "run");
    json.put("space-needed", plan.spaceNeeded());
    plan.spaceFree().ifPresent(free -> json.put("space-free", free));
    List<Object> stages = new ArrayList<>();
    for (PlannedStage planned : plan.stages()) {
      Map<String, Object> stage = new LinkedHashMap<>();
      stage.put("name", planned.stage().name());
      stage.put("job", planned.stage().job().name());
      stage.put("outcome", planned.outcomeText());
      stage.put("reason", planned.reason());
      stage.put("artifact", planned.artifact().map(Places::text).orElse(null));
      planned.space().ifPresent(space -> stage.put("space", space));
      stages.add(stage);
    }
    json.put("stages", stages);
    return json;
  }

  private static boolean allSkipped(Plan plan) {
    return plan.stages().stream().allMatch(stage -> stage.outcome() == PlannedOutcome.SKIP);
  }

  /** Stage, outcome, time and main figure; of a skipped stage why, too. */
  public static String table(RunResult result, Ink ink) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("stage", "outcome", "time", "result"));
    for (StageResult stage : result.stages()) {
      rows.add(
          List.of(
              stage.name(),
              stage.outcome().text(),
              stage.seconds() > 0 ? Amounts.seconds(stage.seconds()) : "-",
              figure(stage)));
    }
    String ending =
        result.succeeded() ? "done in " : result.interrupted() ? "stopped after " : "failed after ";
    return TextTable.table(rows, cell -> painted(cell, ink))
        + result.pipeline()
        + ": "
        + ending
        + Amounts.seconds(result.seconds())
        + "\n";
  }

  /** Only what a cell says as a whole is coloured, never a word of a name or a sentence. */
  private static String painted(String cell, Ink ink) {
    if (cell.equals(StageOutcome.RAN.text())) {
      return ink.green(cell);
    }
    if (cell.equals(StageOutcome.SKIPPED.text())) {
      return ink.dim(cell);
    }
    return cell.equals(StageOutcome.FAILED.text()) ? ink.red(cell) : cell;
  }

  private static String figure(StageResult stage) {
    return switch (stage.outcome()) {
      case RAN -> stage.headline();
      case SKIPPED -> stage.headline() + " (" + stage.reason() + ")";
      case FAILED -> stage.reason().startsWith(NOT_STARTED) ? stage.reason() : "see below";
    };
  }

  /** A line for each stage that failed; of those that could not start the table says why. */
  public static List<String> failures(RunResult result) {
    List<String> lines = new ArrayList<>();
    for (StageResult stage : result.stages()) {
      if (stage.outcome() == StageOutcome.FAILED && !stage.reason().startsWith(NOT_STARTED)) {
        lines.add(stage.name() + ": " + stage.reason());
      }
    }
    if (lines.isEmpty() && result.interrupted()) {
      lines.add("Stopped before a stage was begun; run the same command again");
    }
    return lines;
  }

  /** Stage, outcome and reason, then the space needed. */
  public static String table(Plan plan) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("stage", "outcome", "why"));
    for (PlannedStage stage : plan.stages()) {
      rows.add(List.of(stage.stage().name(), stage.outcomeText(), stage.reason()));
    }
    String space =
        allSkipped(plan)
            ? "Nothing to do.\n"
            : "About "
                + Amounts.bytes(plan.spaceNeeded())
                + " needed"
                + (plan.spaceFree().isPresent()
                    ? ", " + Amounts.bytes(plan.spaceFree().getAsLong()) + " free"
                    : "")
                + ".\n";
    return TextTable.table(rows) + space;
  }
}
