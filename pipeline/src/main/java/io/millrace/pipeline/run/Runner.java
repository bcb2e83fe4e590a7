package io.millrace.pipeline.run;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.history.RunFiles;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.PlannedOutcome;
import io.millrace.pipeline.plan.PlannedStage;
import io.millrace.pipeline.plan.Planner;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.FolderLock;
import io.millrace.pipeline.store.Holder;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.Space;
import io.millrace.pipeline.store.Workspace;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a pipeline. */
public final class Runner {
  private Runner() {}

  /**
   * Does what the plan says and returns when every selected stage has ended. A failed stage is in
   * the result, not thrown.
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
      workspace.write(runFolder, RunFiles.CONFIGURATION, pipeline.resolved());
      Map<String, Object> planned = json(pipeline, plan, clock.instant());
      workspace.write(runFolder, RunFiles.PLAN, JsonText.pretty(planned));
      listener.runStarted(runFolder, plan);
      try (Events events =
              new Events(
                  workspace.stream(runFolder, RunFiles.EVENTS),
                  clock,
                  s -> listener.notice("", s));
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
        events.write("run-ended", "", Map.of("succeeded", succeeded, "seconds", seconds));
        workspace.removeLeftovers();
        return new RunResult(pipeline.name(), succeeded, seconds, stages, runFolder);
      }
    }
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

  private static Map<String, String> reads(StageSpec stage) {
    Map<String, String> reads = new TreeMap<>();
    stage
        .locations()
        .forEach(
            (key, place) -> {
              if (place.isReference()) {
                reads.put(key, place.stage());
              }
            });
    return reads;
  }

  private static String reproduce(PipelineSpec pipeline, StageSpec stage) {
    return command(pipeline, List.of("--only", stage.name()));
  }

  private static String command(PipelineSpec pipeline, List<String> more) {
    List<String> words = new ArrayList<>(List.of("millrace", "run", pipeline.origin()));
    words.addAll(more);
    for (String set : pipeline.overrides()) {
      words.add("--set");
      words.add(set);
    }
    return Shell.line(words);
  }

  private static Map<String, Object> json(PipelineSpec pipeline, Plan plan, Instant started) {
    List<Object> stages = new ArrayList<>();
    for (PlannedStage planned : plan.stages()) {
      Map<String, Object> stage = new LinkedHashMap<>();
      stage.put("name", planned.stage().name());
      stage.put("job", planned.stage().job().name());
      stage.put("reads", reads(planned.stage()));
      stage.put("outcome", planned.outcomeText());
      stage.put("reason", planned.reason());
      planned.artifact().ifPresent(artifact -> stage.put("artifact", Places.text(artifact)));
      planned.space().ifPresent(space -> stage.put("space", space));
      stages.add(stage);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pipeline", pipeline.name());
    json.put("command", command(pipeline, List.of()));
    json.put("started", started);
    json.put("process", Holder.self().fields());
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
