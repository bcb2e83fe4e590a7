package io.millrace.pipeline.run;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.history.RunFiles;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.PlannedOutcome;
import io.millrace.pipeline.plan.Planner;
import io.millrace.pipeline.report.RunPage;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.Secrets;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.FolderLock;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.Workspace;
import io.millrace.pipeline.text.Amounts;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs a pipeline. */
public final class Runner {
  private Runner() {}

  /**
   * Runs the plan and returns when every selected stage has ended. A failed stage is in the result,
   * not thrown. An interrupt of the calling thread stops the running stages, which keep unfinished
   * work that can be resumed; the result says that it was interrupted.
   *
   * @throws io.millrace.pipeline.ConfigurationException when the selection names an unknown stage
   * @throws CannotException when another run holds the workspace, or it can't be written or has too
   *     little space
   */
  public static RunResult run(PipelineSpec pipeline, RunOptions options, RunListener listener) {
    return run(pipeline, options, listener, Clock.systemUTC());
  }

  static RunResult run(PipelineSpec given, RunOptions options, RunListener listener, Clock clock) {
    long start = System.nanoTime();
    Workspace workspace = Workspace.open(given.workspace(), options.settings());
    Planner planner = Planner.of(given, workspace, options.selection(), clock.instant());
    try (FolderLock lock = workspace.lock("run in " + workspace)) {
      workspace.removeLeftovers(lock);
      Plan plan = planner.plan();
      requireSpace(plan, "run in " + workspace);
      JobCatalogue jobs = jobs(given);
      String earlier = LastReport.html(workspace, jobs, clock.instant());
      URI runFolder = workspace.newRunFolder(clock.instant());
      // A pipeline given as text is in the run's folder, to be run again.
      PipelineSpec pipeline =
          given.isOfText()
              ? given.at(Places.text(runFolder) + "/" + RunFiles.CONFIGURATION)
              : given;
      String resolved = Secrets.redacted(pipeline.resolved());
      workspace.write(runFolder, RunFiles.CONFIGURATION, resolved);
      Map<String, Object> planned = PlanFile.json(pipeline, plan, clock.instant());
      workspace.write(runFolder, RunFiles.PLAN, JsonText.pretty(planned));
      listener.runStarted(runFolder, plan);
      pipeline.notices().forEach(notice -> listener.notice("", notice));
      Consumer<String> complaint = s -> listener.notice("", s);
      RunPage page = new RunPage(jobs, earlier);
      try (LiveReport report =
              new LiveReport(workspace, runFolder, planned, resolved, page, clock, complaint);
          Events events =
              new Events(
                  workspace.stream(runFolder, RunFiles.EVENTS), clock, complaint, report::add);
          StageWork work =
              new StageWork(
                  workspace,
                  lock,
                  runFolder,
                  events,
                  listener,
                  clock,
                  options.settings(),
                  options.workplace(),
                  workspace::publish)) {
        report.start();
        events.write("run-started", "", Map.of("pipeline", pipeline.name()));
        StageScheduler scheduler =
            new StageScheduler(
                planner,
                work,
                stage -> PlanFile.command(pipeline, List.of("--only", stage.name())),
                result -> {
                  events.write("stage-ended", result.name(), json(result));
                  listener.stageEnded(result);
                });
        List<StageResult> stages = scheduler.run(options.parallel());
        boolean succeeded = stages.stream().noneMatch(s -> s.outcome() == StageOutcome.FAILED);
        double seconds = StageWork.secondsSince(start);
        boolean interrupted = scheduler.wasStopped();
        events.write("run-ended", "", ending(succeeded, interrupted, seconds));
        workspace.removeLeftovers(lock);
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

  /** Checks only the space for stages that surely run, since others may be skipped. */
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
              + Amounts.bytes(needed)
              + " are needed and "
              + Amounts.bytes(free)
              + " are free there; free "
              + Amounts.bytes(needed - free)
              + " or choose another workspace");
    }
  }

  private static JobCatalogue jobs(PipelineSpec pipeline) {
    return JobCatalogue.of(pipeline.stages().stream().map(StageSpec::job).toArray(Job<?>[]::new));
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
