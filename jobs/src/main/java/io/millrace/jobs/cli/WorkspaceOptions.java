package io.millrace.jobs.cli;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.spec.PipelineReader;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.WorkspaceReader;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.Workspace;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Which workspace a command is about: a pipeline file says it, or {@code --workspace DIR}. */
final class WorkspaceOptions {
  private static final String WORKSPACE = "--workspace";
  private static final String SET = "--set";

  private final Optional<String> file;
  private final ParseResult parsed;

  private WorkspaceOptions(Optional<String> file, ParseResult parsed) {
    this.file = file;
    this.parsed = parsed;
  }

  /** {@code [FILE]}, {@code --workspace} and what goes with them. */
  static void addTo(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("FILE")
            .type(String.class)
            .description("The pipeline file, which names the workspace.")
            .build());
    addFlagsTo(spec);
  }

  /** The same for a command whose arguments are its own matter. */
  static void addFlagsTo(CommandSpec spec) {
    spec.addOption(
        Options.valued(WORKSPACE, "DIR", "The workspace itself, in place of a pipeline file."));
    spec.addOption(
        Options.repeated(SET, "KEY=VALUE", "Set a key of the file, such as workspace=DIR."));
    Options.conf().forEach(spec::addOption);
  }

  /** What {@link #addTo} took. */
  static WorkspaceOptions of(ParseResult parsed) {
    return of(Optional.ofNullable(parsed.matchedPositionalValue(0, (String) null)), parsed);
  }

  /**
   * What {@link #addFlagsTo} took.
   *
   * @param file the pipeline file, if there is one
   * @throws ConfigurationException if the two don't go together
   */
  static WorkspaceOptions of(Optional<String> file, ParseResult parsed) {
    if (file.isPresent() && parsed.hasMatchedOption(WORKSPACE)) {
      throw Refusal.because(
          WORKSPACE, "the pipeline file " + file.get() + " names one already: give one of the two");
    }
    if (file.isEmpty() && parsed.hasMatchedOption(SET)) {
      throw Refusal.because(SET, "there is no pipeline file whose key could be set: give one");
    }
    return new WorkspaceOptions(file, parsed);
  }

  /** Whether a workspace is named at all. */
  boolean isGiven() {
    return file.isPresent() || parsed.hasMatchedOption(WORKSPACE);
  }

  /** Whether it is named by a pipeline file. */
  boolean isByFile() {
    return file.isPresent();
  }

  /**
   * The workspace, also of a pipeline file with mistakes elsewhere. The one of a file need not be
   * there yet.
   *
   * @throws ConfigurationException if none is named, or it is not there
   */
  Workspace workspace() {
    if (!isGiven()) {
      throw Refusal.because(
          "",
          "Cannot tell which workspace is meant: give a pipeline file or " + WORKSPACE + " DIR.");
    }
    String place = file.isPresent() ? WorkspaceReader.read(path(), sets()) : given();
    return Workspace.open(place, Options.settings(parsed));
  }

  private String given() {
    String text = parsed.matchedOptionValue(WORKSPACE, "");
    URI place = GivenPath.present(text);
    if ("file".equals(place.getScheme()) && !Files.isDirectory(Path.of(place))) {
      throw Refusal.because(WORKSPACE, "'" + text + "' is a file, not a workspace's folder");
    }
    return text;
  }

  /**
   * The whole pipeline, checked; empty if only a workspace is named.
   *
   * @throws ConfigurationException with every mistake in the file
   */
  Optional<PipelineSpec> pipeline(JobCatalogue jobs) {
    return file.isPresent()
        ? Optional.of(PipelineReader.read(path(), sets(), jobs))
        : Optional.empty();
  }

  private List<String> sets() {
    return Options.values(parsed, SET);
  }

  private Path path() {
    String name = file.orElseThrow();
    if (name.isBlank()) {
      throw Refusal.because("FILE", "'" + name + "' is no pipeline file: write its path");
    }
    try {
      Path path = Path.of(Places.fromHome(name));
      if (Files.isDirectory(path)) {
        throw Refusal.because(
            name,
            "this is a folder, not a pipeline file; for a workspace write "
                + WORKSPACE
                + " "
                + name);
      }
      return path;
    } catch (InvalidPathException e) {
      throw Refusal.because(name, "is no path: " + e.getReason());
    }
  }
}
