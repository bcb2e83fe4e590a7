package io.millrace.jobs.cli;

import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.run.RunOptions;
import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.Runner;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.store.JsonText;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace run FILE}. */
final class RunCommand implements Command {
  private static final String PARALLEL = "--parallel";

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
    return "Run a pipeline: what is up to date is skipped, with the reason.";
  }

  @Override
  public Shelf shelf() {
    return Shelf.PIPELINES;
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
            "millrace run conf/cifar10.conf --parallel 2 --json > result.json");
    spec.usageMessage().exitCodeListHeading("%nExit status:%n").exitCodeList(Status.MEANINGS);
    PipelineOptions.addTo(spec);
    spec.addOption(
        Options.valued(PARALLEL, "N", "How many independent stages run at once (default: 1)."));
    Options.spark().forEach(spec::addOption);
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    Manner manner = Manner.of(parsed);
    Map<String, String> settings = Options.settings(parsed);
    int parallel = Options.count(parsed, PARALLEL, "1", "stages");
    PipelineSpec pipeline = PipelineOptions.pipeline(parsed, jobs);
    RunOptions options = new RunOptions(PipelineOptions.selection(parsed), parallel, settings);
    RunResult result;
    try (Watcher watcher = new Watcher(screen, manner)) {
      result = Runner.run(pipeline, options, watcher);
    }
    if (manner.json()) {
      screen.out().print(JsonText.pretty(Reports.json(result)));
    } else {
      screen.out().print(Reports.table(result, screen.outInk()));
      NextStep.report(result).ifPresent(page -> screen.out().println("report: " + page));
    }
    // In the order that they are written in, also where both streams are the same terminal.
    screen.out().flush();
    Reports.failures(result).forEach(line -> Refusal.print(line, screen));
    if (!manner.json() && !manner.quiet()) {
      NextStep.sentence(result).ifPresent(screen.err()::println);
    }
    return result.succeeded() ? Status.DONE : Status.FAILED;
  }
}
