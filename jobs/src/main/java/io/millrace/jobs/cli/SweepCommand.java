package io.millrace.jobs.cli;

import io.millrace.jobs.showing.NextStep;
import io.millrace.jobs.showing.Reports;
import io.millrace.jobs.showing.SweepResult;
import io.millrace.jobs.spark.GpuSettings;
import io.millrace.jobs.submit.StageWorkplace;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Plot;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.terminal.TextTable;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.run.RunOptions;
import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.Runner;
import io.millrace.pipeline.spec.PipelineReader;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.sweep.SweptPipeline;
import io.millrace.pipeline.sweep.VariedKey;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace sweep FILE --set KEY=A,B,C}: every combination of values, in one run. */
final class SweepCommand implements Command {
  private static final String SEEDS = "--seeds";
  private static final String PARALLEL = "--parallel";
  private static final String DRY_RUN = "--dry-run";
  private static final String YES = "--yes";
  private static final String TRAIN = "train";
  private static final long MANY = 100;
  private static final int ROWS = 12;
  private static final int COLUMNS = 60;

  private final JobCatalogue jobs;

  SweepCommand(JobCatalogue jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public String summary() {
    return "Run a pipeline with several values of its keys, and compare the results.";
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
                + " Every combination of the values is a variant. All are one pipeline in one"
                + " workspace: what they share is made once, and what is there already is not made"
                + " again. Stages that differ are named after the values, as model-lr0.1-seed2. A"
                + " table at the end has the mean and the standard deviation over the seeds.",
            "millrace sweep conf/quickstart.conf --set stages.model.schedule.one-cycle.lr=0.1,0.2"
                + " --seeds 2 --set params.epochs=1",
            "millrace sweep conf/quickstart.conf --set stages.model.batch=16,32,64 --dry-run");
    PipelineOptions.addFileTo(spec, false);
    spec.addOption(
        Options.valued(
            SEEDS, "N", "Train each variant so often, each time with another seed (default: 1)."));
    spec.addOption(
        Options.valued(
            PARALLEL, "N", "How many stages run at once (default: the processor's cores)."));
    spec.addOption(Options.switched(DRY_RUN, "Say which stages there would be, and run nothing."));
    spec.addOption(
        OptionSpec.builder(YES)
            .arity("0")
            .type(boolean.class)
            .description("Run more than " + MANY + " variants.")
            .build());
    Options.spark().forEach(spec::addOption);
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    OutputMode outputMode = OutputMode.of(parsed);
    Map<String, String> settings = Options.settings(parsed);
    int seeds = Options.count(parsed, SEEDS, "1", "seeds");
    String cores = Integer.toString(Runtime.getRuntime().availableProcessors());
    int parallel = Options.count(parsed, PARALLEL, cores, "stages");
    List<VariedKey> keys =
        Options.values(parsed, PipelineOptions.SET).stream()
            .map(text -> VariedKey.of(text, PipelineOptions.SET))
            .toList();
    refuseMany(keys, seeds, parsed.hasMatchedOption(YES));
    SweptPipeline swept =
        SweptPipeline.of(keys, seeds, TRAIN, sets -> PipelineOptions.pipeline(parsed, sets, jobs));
    PipelineSpec pipeline =
        PipelineReader.readText(swept.text(), jobs, GpuSettings.check(settings));
    if (parsed.hasMatchedOption(DRY_RUN)) {
      screen.out().print(outputMode.json() ? JsonText.pretty(planned(swept)) : told(swept));
      return Status.DONE;
    }
    RunResult result = ran(pipeline, parallel, settings, screen, outputMode);
    SweepResult compared = SweepResult.of(swept, result);
    if (outputMode.json()) {
      Map<String, Object> json = Reports.json(result);
      json.putAll(compared.json());
      screen.out().print(JsonText.pretty(json));
    } else {
      screen.out().print(Reports.table(result, screen.outInk()));
      screen.out().print("\n" + TextTable.table(compared.table()));
      compared
          .curve()
          .ifPresent(
              curve ->
                  screen
                      .out()
                      .print(
                          "\n"
                              + new Plot(curve.figure(), curve.key(), ROWS, COLUMNS)
                                  .of(curve.x(), curve.y(), curve.isLogarithmic())));
      NextStep.report(result).ifPresent(page -> screen.out().println("report: " + page));
    }
    screen.out().flush();
    Reports.failures(result).forEach(line -> Refusal.print(line, screen));
    return result.succeeded() ? Status.DONE : Status.FAILED;
  }

  private static RunResult ran(
      PipelineSpec pipeline,
      int parallel,
      Map<String, String> settings,
      Screen screen,
      OutputMode outputMode) {
    Map<String, String> shared = new HashMap<>(pipeline.settings());
    shared.putAll(settings);
    try (StageWorkplace workplace = new StageWorkplace(shared);
        Watcher watcher = new Watcher(screen, outputMode)) {
      RunOptions options = new RunOptions(Selection.ALL, parallel, settings, workplace);
      return Runner.run(pipeline, options, watcher);
    } catch (IOException e) {
      throw new CannotException("end the applications of stages", e.getMessage(), e);
    }
  }

  private static void refuseMany(List<VariedKey> keys, int seeds, boolean meant) {
    long variants = seeds;
    for (VariedKey key : keys) {
      variants = Math.multiplyExact(variants, (long) key.values().size());
    }
    if (variants > MANY && !meant) {
      throw Refusal.because(
          "",
          "Cannot sweep %s variants without asking: give %s if that is meant, or fewer values or seeds"
              .formatted(Amounts.count(variants), YES));
    }
    if (variants == 1) {
      throw Refusal.because(
          "",
          "Cannot sweep one variant: give several values, such as --set stages.model.batch=16,32, or "
              + SEEDS);
    }
  }

  private static Map<String, Object> planned(SweptPipeline swept) {
    List<Map<String, String>> variants = new ArrayList<>();
    swept.variants().forEach(variant -> variants.add(variant.stages()));
    return Map.of("variants", variants);
  }

  private static String told(SweptPipeline swept) {
    TreeSet<String> stages = new TreeSet<>();
    swept.variants().forEach(variant -> stages.addAll(variant.stages().values()));
    return "%s of %s stages: %s\n"
        .formatted(
            Amounts.count(swept.variants().size(), "variant"),
            Amounts.count(stages.size()),
            String.join(", ", stages));
  }
}
