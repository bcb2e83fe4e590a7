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
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary(),
            "millrace run conf/quickstart.conf",
            "millrace run conf/cifar10.conf --set params.data=cifar-10-binary.tar.gz",
            "millrace run conf/cifar10.conf --from model --master spark://host:7077");
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
    try (Watcher watcher = new Watcher(ProgressLines.on(screen, manner))) {
      result = Runner.run(pipeline, options, watcher);
    }
    if (manner.json()) {
      screen.out().print(JsonText.pretty(Reports.json(result)));
    } else {
      screen.out().print(Reports.table(result));
    }
    Reports.failures(result).forEach(screen.err()::println);
    return result.succeeded() ? Status.DONE : Status.FAILED;
  }
}
