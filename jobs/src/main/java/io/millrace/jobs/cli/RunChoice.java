package io.millrace.jobs.cli;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.history.RunFiles;
import io.millrace.pipeline.history.RunHistory;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.spec.Nearest;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.RunName;
import io.millrace.pipeline.store.Workspace;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Which runs a command is about. A run is given by its folder, or by its UTC name in the workspace
 * that a pipeline file or {@code --workspace} names. If no run is given, it is the newest of that
 * workspace.
 */
final class RunChoice {
  /** How many names a message lists. */
  private static final int NAMED = 5;

  private RunChoice() {}

  /** Adds the arguments {@code [FILE] [RUN...]}, {@code --workspace} and the options for it. */
  static void addTo(CommandSpec spec) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .paramLabel("FILE|RUN")
            .hideParamSyntax(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "A run: its folder, or its UTC name in the workspace that a pipeline file or"
                    + " --workspace names (default: the newest there).")
            .build());
    WorkspaceOptions.addFlagsTo(spec);
  }

  /**
   * The runs that the command line names, in its order; the newest of the workspace if it names
   * none.
   *
   * @return at least one
   * @throws ConfigurationException if a run or the workspace does not exist, or two pipeline files
   *     are given
   * @throws CannotException if a run can't be read, or the workspace has none
   */
  static List<RunRecord> runs(ParseResult parsed) {
    List<String> words = parsed.matchedPositionalValue(0, List.of());
    List<String> files = words.stream().filter(word -> !isRun(word)).toList();
    if (files.size() > 1) {
      throw Refusal.because(
          files.get(1), "is not a run, and a pipeline file is given already: " + files.get(0));
    }
    WorkspaceOptions options = WorkspaceOptions.of(files.stream().findFirst(), parsed);
    List<RunRecord> runs = new ArrayList<>();
    for (String word : words) {
      if (RunName.isOne(word)) {
        runs.add(named(word, options));
      } else if (isRun(word)) {
        runs.add(RunHistory.at(Places.uri(word)));
      }
    }
    if (runs.isEmpty()) {
      runs.add(newest(options.workspace()));
    }
    return runs;
  }

  /** Whether a word is a run's name or folder; anything else is taken for a pipeline file. */
  private static boolean isRun(String word) {
    return RunName.isOne(word) || isFolder(Places.uri(word));
  }

  /**
   * Whether a place is a run's folder.
   *
   * @param place if it is not local, only its name is checked
   */
  static boolean isFolder(URI place) {
    if ("file".equals(place.getScheme())) {
      return Files.exists(Path.of(place).resolve(RunFiles.PLAN));
    }
    return RunName.isOne(place.getPath().replaceAll("/+$", "").replaceAll(".*/", ""));
  }

  private static RunRecord named(String name, WorkspaceOptions options) {
    if (!options.isGiven()) {
      throw Refusal.because(
          name,
          "in which workspace is that run? Give its pipeline file, --workspace, or the run's"
              + " folder");
    }
    Workspace workspace = options.workspace();
    Optional<RunRecord> run = RunHistory.of(workspace).named(name);
    if (run.isPresent()) {
      return run.get();
    }
    List<String> newest = workspace.runs().stream().limit(NAMED).map(RunChoice::nameOf).toList();
    throw Refusal.because(
        name,
        "there is no such run in "
            + workspace
            + Nearest.hintAndList(name, newest, "the newest are"));
  }

  private static String nameOf(URI folder) {
    return Path.of(folder.getPath()).getFileName().toString();
  }

  /**
   * The newest run of a workspace.
   *
   * @throws CannotException if it has none
   */
  static RunRecord newest(Workspace workspace) {
    return RunHistory.of(workspace)
        .newest()
        .orElseThrow(
            () ->
                new CannotException(
                    "find a run in " + workspace,
                    "no pipeline has run there yet; use millrace run"));
  }
}
