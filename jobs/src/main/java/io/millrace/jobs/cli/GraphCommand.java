package io.millrace.jobs.cli;

import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.pipeline.diagram.Diagram;
import io.millrace.pipeline.diagram.Dot;
import io.millrace.pipeline.diagram.Mermaid;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Planner;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.spec.Nearest;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace graph FILE|--workspace DIR}: the stages as a diagram in text. */
final class GraphCommand implements Command {
  private static final String FORMAT = "--format";
  private static final String MERMAID = "mermaid";
  private static final String DOT = "dot";

  private final JobCatalogue jobs;

  GraphCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "graph";
  }

  @Override
  public String summary() {
    return "Print a pipeline's stages as a diagram: Mermaid for Markdown, or DOT for Graphviz.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary()
                + " For a pipeline file it shows what a run would do with each stage, for a"
                + " workspace what the newest run did.",
            "millrace graph conf/cifar10.conf --set params.data=cifar-10-binary.tar.gz",
            "millrace graph --workspace work/quickstart --format dot | dot -Tsvg -o run.svg");
    WorkspaceOptions.addTo(spec);
    spec.addOption(Options.valued(FORMAT, "FORMAT", "mermaid or dot (default: " + MERMAID + ")."));
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    String format = parsed.matchedOptionValue(FORMAT, MERMAID);
    if (!List.of(MERMAID, DOT).contains(format)) {
      throw Refusal.because(
          FORMAT,
          "there is no format '"
              + format
              + "'"
              + Nearest.hintAndList(format, List.of(MERMAID, DOT), "there are"));
    }
    Diagram diagram = diagram(WorkspaceOptions.of(parsed));
    String text = format.equals(DOT) ? Dot.text(diagram) : Mermaid.text(diagram);
    if (OutputMode.of(parsed).json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("outcome", "succeeded");
      json.put("format", format);
      json.put("text", text);
      screen.out().print(JsonText.pretty(json));
    } else {
      screen.out().print(text);
    }
    return Status.DONE;
  }

  private Diagram diagram(WorkspaceOptions options) {
    Workspace workspace = options.workspace();
    Optional<PipelineSpec> pipeline = options.pipeline(jobs);
    return pipeline.isPresent()
        ? Diagram.of(Planner.plan(pipeline.get(), workspace, Selection.ALL))
        : Diagram.of(RunChoice.newest(workspace));
  }
}
