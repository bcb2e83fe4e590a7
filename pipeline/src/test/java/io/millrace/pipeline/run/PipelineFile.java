package io.millrace.pipeline.run;

import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.Planner;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.spec.PipelineReader;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A pipeline file in a test's folder, and what a person does with it. */
public final class PipelineFile {
  public final Path workspace;
  private final Path file;
  private String stages = "";

  public PipelineFile(Path folder) {
    this(folder, folder.resolve("work"));
  }

  public PipelineFile(Path folder, Path workspace) {
    this.file = folder.resolve("p.conf");
    this.workspace = workspace;
  }

  public PipelineFile stages(String hocon) {
    stages = hocon;
    return this;
  }

  public PipelineSpec read(JobCatalogue jobs) {
    try {
      Files.writeString(
          file, "pipeline = p\nworkspace = \"" + workspace + "\"\nstages {\n" + stages + "\n}\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return PipelineReader.read(file, List.of(), jobs);
  }

  public RunResult run(JobCatalogue jobs) {
    return run(jobs, Selection.ALL);
  }

  RunResult run(JobCatalogue jobs, Selection selection) {
    return run(jobs, new RunOptions(selection, 1, Map.of()));
  }

  RunResult run(JobCatalogue jobs, RunOptions options) {
    return Runner.run(read(jobs), options, new RunListener() {});
  }

  public Plan plan(JobCatalogue jobs, Selection selection) {
    return Planner.plan(read(jobs), Workspace.open(workspace.toString()), selection);
  }

  /** {@code name: outcome (reason)}, a line each. */
  static String text(Plan plan) {
    return plan.stages().stream()
        .map(s -> s.stage().name() + ": " + s.outcomeText() + " (" + s.reason() + ")")
        .collect(Collectors.joining("\n"));
  }

  static String text(RunResult result) {
    return result.stages().stream()
        .map(s -> s.name() + ": " + s.outcome().text() + " (" + s.reason() + ")")
        .collect(Collectors.joining("\n"));
  }

  /** {@code name:outcome}, separated by spaces. */
  public static String outcomes(RunResult result) {
    return result.stages().stream()
        .map(s -> s.name() + ":" + s.outcome().text())
        .collect(Collectors.joining(" "));
  }

  static Selection only(String... names) {
    return new Selection(List.of(names), Optional.empty(), List.of(), false);
  }

  static Selection anewFrom(String name) {
    return new Selection(List.of(), Optional.of(name), List.of(), false);
  }

  static Selection force(String... names) {
    return new Selection(List.of(), Optional.empty(), List.of(names), false);
  }

  static final Selection FORCE_ALL = new Selection(List.of(), Optional.empty(), List.of(), true);
}
