package io.millrace.pipeline.run;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.PlannedOutcome;
import io.millrace.pipeline.plan.PlannedStage;
import io.millrace.pipeline.plan.Planner;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.FolderLock;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.Space;
import io.millrace.pipeline.store.Workspace;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a pipeline. */
public final class Runner {
  private Runner() {}

  /**
   * Does what the plan says and returns when every selected stage has ended. A failed stage is in
   * the result, not thrown. An interrupt of the calling thread stops the stages that are at work,
   * which keep what they can go on from, and is said in the result.
   *
   * @throws io.millrace.pipeline.ConfigurationException when the selection names an unknown stage
   * @throws CannotException when the workspace is held by another run, can't be written, or has
   *     plainly too little space
   */
  public static RunResult run(PipelineSpec pipeline, RunOptions options, RunListener listener) {
    return run(pipeline, options, listener, Clock.systemUTC());
  }

  static RunResult run(
      PipelineSpec pipeline, RunOptions options, RunListener listener, Clock clock) {
    long start = System.nanoTime();
    Workspace workspace = Workspace.open(pipeline.workspace(), options.settings());
    Planner planner = Planner.of(pipeline, workspace, options.selection(), clock.instant());
    try (FolderLock lock = workspace.lock("run in " + workspace)) {
      workspace.removeLeftovers();
      Plan plan = planner.plan();
      requireSpace(plan, "run in " + workspace);
      URI runFolder = workspace.newRunFolder(clock.instant());
      workspace.write(runFolder, "resolved.conf", pipeline.resolved());
      workspace.write(runFolder, "plan.json", JsonText.pretty(json(pipeline, plan)));
      listener.runStarted(runFolder, plan);
      try (Events events =
              new Events(
                  workspace.stream(runFolder, Events.FILE), clock, s -> listener.notice("", s));
          StageWork work =
              new StageWork(
                  workspace,
                  lock,
                  runFolder,
                  events,
                  listener,
                  clock,
                  options.settings(),
                  workspace::publish)) {
        events.write("run-started", "", Map.of("pipeline", pipeline.name()));
        Schedule schedule =
            new Schedule(
                planner,
                work,
                stage -> reproduce(pipeline, stage),
                result -> {
                  events.write("stage-ended", result.name(), json(result));
                  listener.stageEnded(result);
                });
        List<StageResult> stages = schedule.run(options.parallel());
        boolean succeeded = stages.stream().noneMatch(s -> s.outcome() == StageOutcome.FAILED);
        double seconds = StageWork.secondsSince(start);
        boolean interrupted = schedule.wasStopped();
        events.write("run-ended", "", ending(succeeded, interrupted, seconds));
        workspace.removeLeftovers();
        return new RunResult(pipeline.name(), succeeded, interrupted, seconds, stages, runFolder);
      }
    }
  }

  private static Map<String, Object> ending(
      boolean succeeded, boolean interrupted, double seconds) {
    Map<String, Object> ending = new LinkedHashMap<>();
    ending.put("succeeded", succeeded);
    if (interrupted) {
      ending.put("interrupted", true);
    }
    ending.put("seconds", seconds);
    return ending;
  }

  /** Refuses only for stages that surely run: one that may be skipped may need nothing. */
  static void requireSpace(Plan plan, String what) {
    long needed =
        plan.stages().stream()
            .filter(stage -> stage.outcome() == PlannedOutcome.RUN)
            .mapToLong(stage -> stage.space().orElse(0))
            .sum();
    if (plan.spaceFree().isPresent() && needed > plan.spaceFree().getAsLong()) {
      long free = plan.spaceFree().getAsLong();
      throw new CannotException(
          what,
          "about "
              + Space.text(needed)
              + " are needed and "
              + Space.text(free)
              + " are free there; free "
              + Space.text(needed - free)
              + " or choose another workspace");
    }
  }

  private static String reproduce(PipelineSpec pipeline, StageSpec stage) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("millrace", "run", pipeline.origin(), "--only", stage.name()));
    for (String set : pipeline.overrides()) {
      words.add("--set");
      words.add(set);
    }
    return Shell.line(words);
  }

  private static Map<String, Object> json(PipelineSpec pipeline, Plan plan) {
    List<Object> stages = new ArrayList<>();
    for (PlannedStage planned : plan.stages()) {
      Map<String, Object> stage = new LinkedHashMap<>();
      stage.put("name", planned.stage().name());
      stage.put("job", planned.stage().job().name());
      stage.put("outcome", planned.outcomeText());
      stage.put("reason", planned.reason());
      planned.artifact().ifPresent(artifact -> stage.put("artifact", Places.text(artifact)));
      planned.space().ifPresent(space -> stage.put("space", space));
      stages.add(stage);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", pipeline.name());
    json.put("stages", stages);
    json.put("space-needed", plan.spaceNeeded());
    plan.spaceFree().ifPresent(free -> json.put("space-free", free));
    return json;
  }

  private static Map<String, Object> json(StageResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("outcome", result.outcome().text());
    json.put("job", result.job());
    json.put("reason", result.reason());
    json.put("seconds", result.seconds());
    result.artifact().ifPresent(artifact -> json.put("artifact", Places.text(artifact)));
    json.put("headline", result.headline());
    json.put("metrics", result.metrics());
    return json;
  }
}
