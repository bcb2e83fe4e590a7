package io.millrace.pipeline.history;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs of one workspace. */
public final class RunHistory {
  private final Workspace workspace;

  private RunHistory(Workspace workspace) {
    this.workspace = workspace;
  }

  /** The history of a workspace, which may be empty or not exist. */
  public static RunHistory of(Workspace workspace) {
    return new RunHistory(workspace);
  }

  /**
   * The run in a folder.
   *
   * @param folder {@code <workspace>/runs/<utc>}
   * @throws CannotException if there is no run, or it can't be read
   */
  public static RunRecord at(URI folder) {
    String root = Places.text(folder).replaceAll("/[^/]+/[^/]+/*$", "");
    return new RunHistory(Workspace.open(root))
        .whole(folder)
        .orElseThrow(
            () ->
                new CannotException(
                    "read the run in " + Places.text(folder),
                    "it has no " + RunFiles.PLAN + "; give a folder below WORKSPACE/runs"));
  }

  /**
   * All runs that got as far as a plan, newest first. Those of earlier versions and damaged ones
   * are skipped, so that one bad folder does not hide the others.
   */
  public List<RunRecord> runs() {
    return workspace.runs().stream().map(this::readable).flatMap(Optional::stream).toList();
  }

  /** The newest of {@link #runs}. */
  public Optional<RunRecord> newest() {
    return workspace.runs().stream().map(this::readable).flatMap(Optional::stream).findFirst();
  }

  /**
   * The run with that UTC name.
   *
   * @param name the name of its folder
   * @throws CannotException if it can't be read
   */
  public Optional<RunRecord> named(String name) {
    return workspace.runs().stream()
        .filter(folder -> nameOf(folder).equals(name))
        .findFirst()
        .flatMap(this::whole);
  }

  private Optional<RunRecord> readable(URI folder) {
    try {
      return read(folder);
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  private Optional<RunRecord> whole(URI folder) {
    try {
      return read(folder);
    } catch (IOException e) {
      throw new CannotException(
          "read the run in " + Places.text(folder),
          "its " + RunFiles.PLAN + " is damaged or of another version (" + e.getMessage() + ")",
          e);
    }
  }

  /**
   * @throws IOException when the files are not those that a run writes
   */
  private Optional<RunRecord> read(URI folder) throws IOException {
    Optional<String> plan = workspace.read(folder, RunFiles.PLAN);
    if (plan.isEmpty()) {
      return Optional.empty();
    }
    String events = workspace.read(folder, RunFiles.EVENTS).orElse("");
    String configuration = workspace.read(folder, RunFiles.CONFIGURATION).orElse("");
    Map<String, Object> planned = object(plan.get());
    if (!planned.containsKey("started")) {
      throw new IOException("it does not say when the run started");
    }
    try {
      return Optional.of(RunReading.of(folder, planned, lines(events), configuration));
    } catch (RuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  static String nameOf(URI folder) {
    return folder.getPath().replaceAll("/+$", "").replaceAll(".*/", "");
  }

  /** Reads the events; a killed process may have left half a line at the end. */
  private static List<Map<String, Object>> lines(String text) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      try {
        events.add(object(line));
      } catch (IOException cutOff) {
        return events;
      }
    }
    return events;
  }

  private static Map<String, Object> object(String json) throws IOException {
    return JsonText.object(json.getBytes(StandardCharsets.UTF_8));
  }
}
