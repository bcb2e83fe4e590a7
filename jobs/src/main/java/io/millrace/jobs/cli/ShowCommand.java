package io.millrace.jobs.cli;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.showing.Artifacts;
import io.millrace.jobs.showing.RunTables;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.history.RunHistory;
import io.millrace.pipeline.history.RunRecord;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace show PATH}: an artifact or a run. */
final class ShowCommand implements Command {
  @Override
  public String name() {
    return "show";
  }

  @Override
  public String summary() {
    return "Show an artifact (a dataset, statistics, a model, an evaluation) or a run.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary(),
            "millrace show shards/cifar10",
            "millrace show work/quickstart/artifacts/model/FINGERPRINT --json",
            "millrace show work/quickstart/runs/UTC");
    spec.addPositional(
        Options.required(
            "PATH",
            "The artifact's folder (artifact in a run's JSON, or a job's --output), or a run's"
                + " folder."));
    Options.conf().forEach(spec::addOption);
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    String path = parsed.matchedPositionalValue(0, "");
    URI place = GivenPath.present(path);
    boolean json = OutputMode.of(parsed).json();
    if (RunChoice.isFolder(place)) {
      RunRecord run = RunHistory.at(place);
      screen.out().print(json ? JsonText.pretty(RunTables.json(run)) : RunTables.table(run));
      return Status.DONE;
    }
    StoredArtifact artifact =
        Workspace.artifactAt(path)
            .orElseThrow(() -> new CannotException("show " + path, whyNot(path)));
    try {
      String file = contentsOf(artifact.folder());
      Map<String, Object> contents =
          file.isEmpty()
              ? Map.of()
              : JsonText.object(JobFiles.in(artifact.folder()).read(file).orElseThrow());
      screen
          .out()
          .print(
              json
                  ? JsonText.pretty(json(artifact, contents))
                  : Artifacts.summary(artifact, file, contents));
      return Status.DONE;
    } catch (IOException | ClassCastException e) {
      throw new CannotException("show " + path, "it is damaged: " + e.getMessage(), e);
    }
  }

  private static String whyNot(String path) {
    return Workspace.open(path).inventory().entries().isEmpty()
        ? "it is not an artifact (it has no "
            + ArtifactManifest.FILE
            + ") and not a run; give a folder that a run's JSON calls artifact"
        : "it is a workspace; millrace status --workspace " + path + " lists its runs";
  }

  /** The file with the artifact's contents; empty if there is none. */
  private static String contentsOf(URI folder) throws IOException {
    List<String> there = JobFiles.in(folder).names();
    return Artifacts.CONTENTS.stream().filter(there::contains).findFirst().orElse("");
  }

  /** The manifest, then the contents; digest is the artifact's, also for a model. */
  private static Map<String, Object> json(StoredArtifact artifact, Map<String, Object> contents) {
    ArtifactManifest manifest = artifact.manifest();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("artifact", Places.text(artifact.folder()));
    json.put("stage", manifest.stage());
    json.put("job", manifest.identity().job());
    json.put("digest", manifest.digest());
    json.put("fingerprint", manifest.fingerprint());
    json.put("headline", manifest.headline());
    json.put("metrics", manifest.metrics());
    json.put("created", manifest.created());
    json.put("seconds", manifest.seconds());
    json.put("reproduce", manifest.reproduce());
    json.put("parameters", manifest.identity().parameters());
    contents.forEach(json::putIfAbsent);
    return json;
  }
}
