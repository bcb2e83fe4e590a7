package io.millrace.jobs.cli;

import io.millrace.jobs.showing.Reports;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.Planner;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Workspace;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace plan FILE}. */
final class PlanCommand implements Command {
  private final JobCatalogue jobs;

  PlanCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String summary() {
    return "Show what a run would do, stage by stage, and why; nothing is run or written.";
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
            "millrace plan conf/quickstart.conf",
            "millrace plan conf/cifar10.conf --set params.data=cifar-10-binary.tar.gz --from"
                + " model");
    PipelineOptions.addTo(spec);
    Options.spark().forEach(spec::addOption);
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    Map<String, String> settings = Options.settings(parsed);
    PipelineSpec pipeline = PipelineOptions.pipeline(parsed, jobs);
    if (!OutputMode.of(parsed).quiet()) {
      pipeline.notices().forEach(screen.err()::println);
    }
    Workspace workspace = Workspace.open(pipeline.workspace(), settings);
    Plan plan = Planner.plan(pipeline, workspace, PipelineOptions.selection(parsed));
    screen
        .out()
        .print(
            OutputMode.of(parsed).json()
                ? JsonText.pretty(Reports.json(pipeline.name(), plan))
                : Reports.table(plan));
    return Status.DONE;
  }
}
