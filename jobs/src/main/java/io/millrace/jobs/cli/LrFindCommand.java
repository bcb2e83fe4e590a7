package io.millrace.jobs.cli;

import io.millrace.jobs.files.Json;
import io.millrace.jobs.showing.Reports;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Plot;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.train.Sweep;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.run.SoloRun;
import io.millrace.pipeline.run.StageOutcome;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StorageFailure;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace lr-find}: a job that people run for what it prints, so its folder may be left
 * out.
 */
final class LrFindCommand implements Command {
  private static final int ROWS = 14;
  private static final int COLUMNS = 66;

  private final JobCommand byFlags;

  LrFindCommand(Job<?> job) {
    this.byFlags = new JobCommand(job, false);
  }

  @Override
  public String name() {
    return byFlags.name();
  }

  @Override
  public String summary() {
    return byFlags.summary();
  }

  @Override
  public CommandGroup group() {
    return byFlags.group();
  }

  @Override
  public CommandSpec spec() {
    return byFlags.spec();
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    StageSpec stage = byFlags.stage(parsed);
    String output = parsed.matchedOptionValue(JobCommand.OUTPUT, "");
    try {
      if (!output.isBlank()) {
        return run(stage, Places.uri(output), parsed, screen);
      }
      Path folder = Files.createTempDirectory("millrace-lr-find");
      try {
        return run(stage, folder.resolve("result").toUri(), parsed, screen);
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      throw StorageFailure.cannot("keep the result", output, e);
    }
  }

  private static int run(StageSpec stage, URI output, ParseResult parsed, Screen screen)
      throws IOException {
    OutputMode outputMode = OutputMode.of(parsed);
    Map<String, String> settings = Options.settings(parsed);
    boolean overwrite = parsed.hasMatchedOption(JobCommand.OVERWRITE);
    StageResult ended;
    try (Watcher watcher = new Watcher(screen, outputMode)) {
      ended = SoloRun.run(stage, output, overwrite, settings, watcher);
    }
    if (ended.outcome() == StageOutcome.FAILED) {
      if (outputMode.json()) {
        screen.out().print(JsonText.pretty(Reports.json(ended, false)));
      }
      screen.err().println(ended.reason());
      return Status.FAILED;
    }
    Sweep sweep = Sweep.open(ended.artifact().orElseThrow());
    screen.out().print(outputMode.json() ? JsonText.pretty(Json.fields(sweep)) : told(sweep));
    return Status.DONE;
  }

  private static String told(Sweep sweep) {
    double[] rates = sweep.curve().stream().mapToDouble(Sweep.Point::lr).toArray();
    double[] losses = sweep.curve().stream().mapToDouble(Sweep.Point::smoothed).toArray();
    Sweep.Suggestion suggestion = sweep.suggestion();
    String ended =
        sweep.curve().size() < sweep.steps()
            ? " of %s; then the loss became too large".formatted(Amounts.count(sweep.steps()))
            : "";
    return new Plot("loss, smoothed", "learning rate", ROWS, COLUMNS).of(rates, losses, true)
        + "%s steps%s\n".formatted(Amounts.count(sweep.curve().size()), ended)
        + "learning rates to try: valley %s, steepest %s, minimum / 10 %s\n"
            .formatted(
                Amounts.figure(suggestion.valley()),
                Amounts.figure(suggestion.steepest()),
                Amounts.figure(suggestion.minimum()));
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
