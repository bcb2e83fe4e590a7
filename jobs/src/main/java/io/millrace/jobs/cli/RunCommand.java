package io.millrace.jobs.cli;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.showing.NextStep;
import io.millrace.jobs.showing.Reports;
import io.millrace.jobs.submit.StageWorkplace;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.history.RunFiles;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.run.RunOptions;
import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.Runner;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace run FILE}. */
final class RunCommand implements Command {
  private static final String PARALLEL = "--parallel";
  private static final String RESULT = "--result";

  private final JobCatalogue jobs;

  RunCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "run";
  }

  @Override
  public String summary() {
    return "Run a pipeline: stages that are up to date are skipped, and it says why.";
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
            summary(),
            "millrace run conf/quickstart.conf",
            "millrace run conf/cifar10.conf --set params.data=cifar-10-binary.tar.gz",
            "millrace run conf/cifar10.conf --from model --master spark://host:7077",
            "millrace run conf/cifar10.conf --parallel 2 --json > result.json",
            "millrace run conf/cifar10.conf --master spark://host:7077 --deploy-mode cluster");
    spec.usageMessage().exitCodeListHeading("%nExit status:%n").exitCodeList(Status.MEANINGS);
    PipelineOptions.addTo(spec);
    spec.addOption(
        Options.valued(PARALLEL, "N", "How many independent stages run at once (default: 1)."));
    Options.spark().forEach(spec::addOption);
    spec.addOption(DeployMode.option());
    spec.addOption(
        Options.valued(
            RESULT, "URI", "Also write what --json prints to this file, however the run ends."));
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    Optional<String> place = Optional.ofNullable(parsed.matchedOptionValue(RESULT, (String) null));
    try {
      return told(parsed, screen, place);
    } catch (RuntimeException e) {
      place.ifPresent(it -> ResultFile.write(it, Refusal.json(e)));
      throw e;
    }
  }

  private int told(ParseResult parsed, Screen screen, Optional<String> place) {
    OutputMode outputMode = OutputMode.of(parsed);
    Map<String, String> settings = Options.settings(parsed);
    int parallel = Options.count(parsed, PARALLEL, "1", "stages");
    DeployMode mode = DeployMode.of(parsed);
    PipelineSpec pipeline = PipelineOptions.pipeline(parsed, jobs);
    Selection selection = PipelineOptions.selection(parsed);
    if (mode == DeployMode.CLUSTER) {
      List<String> words = PipelineOptions.words(selection);
      words.addAll(List.of(PARALLEL, Integer.toString(parallel)));
      return new DeployedRunCommand(pipeline, settings, screen).run(words, outputMode, place);
    }
    Map<String, String> shared = new HashMap<>(pipeline.settings());
    shared.putAll(settings);
    RunResult result;
    try (StageWorkplace workplace = new StageWorkplace(shared);
        Watcher watcher = new Watcher(screen, outputMode)) {
      RunOptions options = new RunOptions(selection, parallel, settings, workplace);
      result = Runner.run(pipeline, options, watcher);
    } catch (IOException e) {
      throw new CannotException("end the applications of stages", e.getMessage(), e);
    }
    Map<String, Object> json = Reports.json(result);
    keep(result, json, screen);
    place.ifPresent(it -> ResultFile.write(it, json));
    tell(result, json, outputMode, screen);
    return result.succeeded() ? Status.DONE : Status.FAILED;
  }

  /** Writes the result to a file, for a driver on a cluster whose stdout nobody reads. */
  private static void keep(RunResult result, Map<String, Object> json, Screen screen) {
    try {
      ResultFile.write(JobFiles.shown(result.runFolder()) + "/" + RunFiles.RESULT, json);
    } catch (CannotException e) {
      // The run's own error, maybe a full disk, must still be shown.
      Refusal.print(e.getMessage(), screen);
    }
  }

  private void tell(
      RunResult result, Map<String, Object> json, OutputMode outputMode, Screen screen) {
    if (outputMode.json()) {
      screen.out().print(JsonText.pretty(json));
    } else {
      screen.out().print(Reports.table(result, screen.outInk()));
      NextStep.report(result).ifPresent(page -> screen.out().println("report: " + page));
    }
    // Flushed, so that the order is right where both streams are the same terminal.
    screen.out().flush();
    Reports.failures(result).forEach(line -> Refusal.print(line, screen));
    if (!outputMode.json() && !outputMode.quiet()) {
      NextStep.sentence(result, jobs).ifPresent(screen.err()::println);
    }
  }
}
