package io.millrace.jobs.cli;

import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.showing.NetworkSummary;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.train.PlannedNetwork;
import io.millrace.jobs.train.TrainParameters;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.PlannedStage;
import io.millrace.pipeline.plan.Planner;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Workspace;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace summary FILE}: the layers of a training's network. */
final class SummaryCommand implements Command {
  private static final String STAGE = "--stage";
  private static final String INPUT = "--input";
  private static final String CLASSES = "--classes";
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,4})x(\\d{1,5})x(\\d{1,5})");

  private final JobCatalogue jobs;

  SummaryCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "summary";
  }

  @Override
  public String summary() {
    return "Print the layers of a training's network: shapes, weights, multiply-adds, memory.";
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
                + " A table in Markdown, with the true multiply-adds of convolutions and linear"
                + " maps. Nothing is trained. The size of the pictures and the number of classes"
                + " come from the training's dataset; where it is not made yet, give both.",
            "millrace summary conf/quickstart.conf --input 3x32x32 --classes 10",
            "millrace summary conf/quickstart.conf --stage model --input 3x32x32 --classes 10"
                + " --json");
    PipelineOptions.addFileTo(spec, false);
    spec.addOption(Options.valued(STAGE, "STAGE", "Only this train stage."));
    spec.addOption(
        Options.valued(INPUT, "CxHxW", "Channels, height and width of the pictures: 3x32x32."));
    spec.addOption(Options.valued(CLASSES, "N", "How many classes there are."));
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    PipelineSpec pipeline = PipelineOptions.pipeline(parsed, jobs);
    boolean given = parsed.hasMatchedOption(INPUT) || parsed.hasMatchedOption(CLASSES);
    Map<String, URI> made = given ? Map.of() : made(pipeline);
    Map<String, NetworkSummary> all = new LinkedHashMap<>();
    for (StageSpec stage : TrainStages.of(pipeline, parsed.matchedOptionValue(STAGE, ""))) {
      all.put(
          stage.name(), given ? ofGiven(stage, parsed) : ofDataset(stage, made, pipeline.origin()));
    }
    if (OutputMode.of(parsed).json()) {
      Map<String, Object> json = new LinkedHashMap<>();
      all.forEach((stage, it) -> json.put(stage, it.json()));
      screen.out().print(JsonText.pretty(json));
    } else {
      all.forEach((stage, it) -> screen.out().print(stage + "\n\n" + it.markdown()));
    }
    return Status.DONE;
  }

  /** The folders of the artifacts that are up to date, by stage. */
  private static Map<String, URI> made(PipelineSpec pipeline) {
    Workspace workspace = Workspace.open(pipeline.workspace(), Map.of());
    Plan plan = Planner.plan(pipeline, workspace, Selection.ALL);
    Map<String, URI> made = new HashMap<>();
    for (PlannedStage planned : plan.stages()) {
      planned.artifact().ifPresent(place -> made.put(planned.stage().name(), place));
    }
    return made;
  }

  private static NetworkSummary ofDataset(StageSpec stage, Map<String, URI> made, String origin) {
    List<String> missing = stage.upstream().stream().filter(it -> !made.containsKey(it)).toList();
    if (!missing.isEmpty()) {
      throw Refusal.because(
          "",
          "Cannot tell the shapes of %s: @%s is not made yet; give %s and %s, or run it first (millrace run %s --only %s)"
              .formatted(stage.name(), missing.get(0), INPUT, CLASSES, origin, missing.get(0)));
    }
    TrainParameters parameters = (TrainParameters) stage.resolved(made);
    return summary(PlannedNetwork.of(parameters), parameters.batch());
  }

  private static NetworkSummary ofGiven(StageSpec stage, ParseResult parsed) {
    String input = parsed.matchedOptionValue(INPUT, "");
    Matcher shape = SHAPE.matcher(input);
    if (!shape.matches()) {
      throw Refusal.because(
          INPUT, "'" + input + "' is not a shape: write channels, height and width as 3x32x32");
    }
    if (!parsed.hasMatchedOption(CLASSES)) {
      throw Refusal.because(CLASSES, "must be given with " + INPUT);
    }
    int classes = Options.count(parsed, CLASSES, "", "classes");
    TrainParameters parameters = (TrainParameters) stage.parameters();
    int side = parameters.input().orElse(0);
    return summary(
        PlannedNetwork.of(
            parameters,
            number(shape, 1),
            side > 0 ? side : number(shape, 2),
            side > 0 ? side : number(shape, 3),
            classes),
        parameters.batch());
  }

  private static int number(Matcher shape, int group) {
    return Integer.parseInt(shape.group(group));
  }

  private static NetworkSummary summary(Supervised learner, int batch) {
    return new NetworkSummary(
        learner.blueprint(), batch, learner.passBytes(batch), learner.stateBytes());
  }
}
