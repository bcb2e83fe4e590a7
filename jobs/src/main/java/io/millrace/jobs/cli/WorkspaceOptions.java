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

/** Which workspace a command is about: a pipeline file names it, or {@code --workspace DIR}. */
final class WorkspaceOptions {
  private static final String WORKSPACE = "--workspace";
  private static final String SET = "--set";

  private final Optional<String> file;
  private final ParseResult parsed;

  private WorkspaceOptions(Optional<String> file, ParseResult parsed) {
    this.file = file;
    this.parsed = parsed;
  }

  /** Adds {@code [FILE]}, {@code --workspace} and {@code --set}. */
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

  /** Adds the options only, for a command that has arguments of its own. */
  static void addFlagsTo(CommandSpec spec) {
    spec.addOption(
        Options.valued(WORKSPACE, "DIR", "The workspace itself, in place of a pipeline file."));
    spec.addOption(
        Options.repeated(SET, "KEY=VALUE", "Set a key of the file, such as workspace=DIR."));
    Options.conf().forEach(spec::addOption);
  }

  /** Reads the options of {@link #addTo}. */
  static WorkspaceOptions of(ParseResult parsed) {
    return of(Optional.ofNullable(parsed.matchedPositionalValue(0, (String) null)), parsed);
  }

  /**
   * Reads the options of {@link #addFlagsTo}.
   *
   * @param file the pipeline file, if there is one
   * @throws ConfigurationException if two workspaces are named, or {@code --set} has no file
   */
  static WorkspaceOptions of(Optional<String> file, ParseResult parsed) {
    if (file.isPresent() && parsed.hasMatchedOption(WORKSPACE)) {
      throw Refusal.because(
          WORKSPACE, "the pipeline file " + file.get() + " names one already: give one of the two");
    }
    if (file.isEmpty() && parsed.hasMatchedOption(SET)) {
      throw Refusal.because(SET, "it sets a key of a pipeline file: give the file too");
    }
    return new WorkspaceOptions(file, parsed);
  }

  /** Whether a workspace is named at all. */
  boolean isGiven() {
    return file.isPresent() || parsed.hasMatchedOption(WORKSPACE);
  }

  /** Whether a pipeline file names it. */
  boolean isByFile() {
    return file.isPresent();
  }

  /**
   * The workspace, even if the pipeline file has mistakes elsewhere. A file's workspace need not
   * exist yet.
   *
   * @throws ConfigurationException if none is named, or {@code --workspace} does not exist
   */
  Workspace workspace() {
    if (!isGiven()) {
      throw Refusal.because(
          "", "Cannot find a workspace: give a pipeline file or " + WORKSPACE + " DIR.");
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
      throw Refusal.because("FILE", "'" + name + "' is not a pipeline file: write the path of one");
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
      throw Refusal.because(name, "is not a path: " + e.getReason());
    }
  }
}
