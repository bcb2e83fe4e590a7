package io.millrace.jobs.cli;

import io.millrace.jobs.doctor.Checkup;
import io.millrace.jobs.doctor.Findings;
import io.millrace.jobs.doctor.MachineFindings;
import io.millrace.jobs.showing.FindingsText;
import io.millrace.jobs.showing.MachineText;
import io.millrace.jobs.showing.Reports;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.train.TrainParameters;
import io.millrace.jobs.train.Workload;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.PlannedOutcome;
import io.millrace.pipeline.plan.PlannedStage;
import io.millrace.pipeline.plan.Planner;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.run.RunOptions;
import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.Runner;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.StorageFailure;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace doctor FILE}: what makes a training slow; without a file, what this machine has.
 */
final class DoctorCommand implements Command {
  private static final String STAGE = "--stage";
  private static final String SECONDS = "--seconds";

  private static final String TASK_CPUS = "spark.task.cpus";

  private final JobCatalogue jobs;

  DoctorCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String summary() {
    return "Say what this machine has; of a training, which part makes it slow and what to change.";
  }

  @Override
  public CommandGroup group() {
    return CommandGroup.PIPELINES;
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " Reading, decoding, augmenting, assembling and training are measured one after"
                + " the other on this machine; shards that are in its page cache are read from"
                + " there. Stages that the training needs and that are not up to date run first."
                + " Without a file: Java, processor, memory and GPUs of this machine, and whether"
                + " the engines start on it.",
            "millrace doctor",
            "millrace doctor conf/quickstart.conf",
            "millrace doctor conf/cifar10.conf --set params.data=cifar-10-binary.tar.gz --stage"
                + " model --json");
    PipelineOptions.addFileTo(spec, true);
    spec.addOption(
        Options.valued(STAGE, "STAGE", "The train stage (default: the last one of the file)."));
    spec.addOption(
        Options.valued(
            SECONDS,
            "N",
            "How long each part is measured; training four times as long (default: 3)."));
    Options.spark().forEach(spec::addOption);
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    OutputMode outputMode = OutputMode.of(parsed);
    if (!parsed.hasMatchedPositional(0)) {
      return machine(parsed, outputMode, screen);
    }
    Map<String, String> settings = Options.settings(parsed);
    int seconds = Options.count(parsed, SECONDS, "3", "seconds");
    PipelineSpec pipeline = PipelineOptions.pipeline(parsed, jobs);
    StageSpec stage = trainStage(pipeline, parsed.matchedOptionValue(STAGE, ""));
    Findings findings;
    try (Watcher watcher = new Watcher(screen, outputMode)) {
      Map<String, URI> artifacts = new HashMap<>();
      RunOptions options =
          new RunOptions(
              new Selection(stage.upstream(), Optional.empty(), List.of(), false), 1, settings);
      Optional<RunResult> failed = made(pipeline, stage, options, watcher, artifacts);
      if (failed.isPresent()) {
        return failed(failed.get(), outputMode, screen);
      }
      // Nothing else runs on the machine while it measures.
      SharedSpark.stop();
      TrainParameters parameters = (TrainParameters) stage.resolved(artifacts);
      findings =
          new Checkup(Workload.of(parameters, threads(stage, settings)), seconds)
              .findings((label, total, unit) -> watcher.progress(stage.name(), label, total, unit));
    } catch (UncheckedIOException e) {
      throw StorageFailure.cannot(
          "measure stage " + stage.name(), pipeline.workspace(), e.getCause());
    } catch (IOException e) {
      throw StorageFailure.cannot("measure stage " + stage.name(), pipeline.workspace(), e);
    }
    screen
        .out()
        .print(
            outputMode.json()
                ? JsonText.pretty(FindingsText.json(stage.name(), findings))
                : FindingsText.table(stage.name(), findings));
    return Status.DONE;
  }

  private static int machine(ParseResult parsed, OutputMode outputMode, Screen screen) {
    for (String option : List.of(STAGE, SECONDS)) {
      if (parsed.hasMatchedOption(option)) {
        throw Refusal.because(option, "is for a training; give its pipeline file, too");
      }
    }
    MachineFindings found = MachineFindings.here();
    screen
        .out()
        .print(
            outputMode.json()
                ? JsonText.pretty(MachineText.json(found))
                : MachineText.table(found));
    return found.allStart() ? Status.DONE : Status.FAILED;
  }

  /** The number of threads that Spark would give each task of the stage. */
  private static int threads(StageSpec stage, Map<String, String> settings) {
    String given = settings.getOrDefault(TASK_CPUS, stage.settings().getOrDefault(TASK_CPUS, "1"));
    return given.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(given) : 1;
  }

  private static StageSpec trainStage(PipelineSpec pipeline, String wanted) {
    List<StageSpec> all = TrainStages.of(pipeline, wanted);
    return all.get(all.size() - 1);
  }

  /**
   * Makes what the stage needs, unless it is there already.
   *
   * @param artifacts receives the artifact of every upstream stage
   * @return the run, if it failed
   */
  private static Optional<RunResult> made(
      PipelineSpec pipeline,
      StageSpec stage,
      RunOptions options,
      Watcher watcher,
      Map<String, URI> artifacts) {
    if (stage.upstream().isEmpty()) {
      return Optional.empty();
    }
    Workspace workspace = Workspace.open(pipeline.workspace(), options.settings());
    Plan plan = Planner.plan(pipeline, workspace, options.selection());
    if (plan.stages().stream().allMatch(it -> it.outcome() == PlannedOutcome.SKIP)) {
      for (PlannedStage planned : plan.stages()) {
        planned.artifact().ifPresent(place -> artifacts.put(planned.stage().name(), place));
      }
      return Optional.empty();
    }
    RunResult result = Runner.run(pipeline, options, watcher);
    for (StageResult each : result.stages()) {
      each.artifact().ifPresent(place -> artifacts.put(each.name(), place));
    }
    return result.succeeded() ? Optional.empty() : Optional.of(result);
  }

  private static int failed(RunResult result, OutputMode outputMode, Screen screen) {
    if (outputMode.json()) {
      screen.out().print(JsonText.pretty(Reports.json(result)));
    }
    screen.out().flush();
    Reports.failures(result).forEach(line -> Refusal.print(line, screen));
    return Status.FAILED;
  }
}
