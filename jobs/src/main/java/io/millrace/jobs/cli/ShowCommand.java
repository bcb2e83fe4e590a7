package io.millrace.jobs.cli;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
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
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code millrace show PATH}: one artifact. */
final class ShowCommand implements Command {
  /** The files that say what is in a job's result, best first. */
  private static final List<String> CONTENTS =
      List.of("_dataset.json", "stats.json", "model.json", "evaluation.json");

  @Override
  public String name() {
    return "show";
  }

  @Override
  public String summary() {
    return "Show an artifact: a dataset, statistics, a model or an evaluation.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec =
        Options.command(
            name(),
            summary(),
            "millrace show shards/cifar10",
            "millrace show work/quickstart/artifacts/model/FINGERPRINT --json");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .paramLabel("PATH")
            .type(String.class)
            .description(
                "The artifact's folder: what a run's JSON calls artifact, or a job's --output.")
            .build());
    Options.speech().forEach(spec::addOption);
    return spec;
  }

  @Override
  public int run(ParseResult parsed, Screen screen) {
    String path = parsed.matchedPositionalValue(0, "");
    GivenPath.present(path);
    StoredArtifact artifact =
        Workspace.artifactAt(path)
            .orElseThrow(
                () ->
                    new CannotException(
                        "show " + path,
                        "it is no artifact (it has no "
                            + ArtifactManifest.FILE
                            + "); give what a run's JSON calls artifact"));
    Map<String, Object> contents = contents(artifact.folder(), path);
    screen
        .out()
        .print(
            Manner.of(parsed).json()
                ? JsonText.pretty(json(artifact, contents))
                : Artifacts.summary(artifact, contents));
    return Status.DONE;
  }

  private static Map<String, Object> contents(URI folder, String path) {
    try {
      for (String file : CONTENTS) {
        Optional<byte[]> text = JobFiles.in(folder).read(file);
        if (text.isPresent()) {
          return JsonText.object(text.get());
        }
      }
      return Map.of();
    } catch (IOException e) {
      throw new CannotException("show " + path, "it is damaged: " + e.getMessage(), e);
    }
  }

  /** What the manifest says, then all of the contents; a model's digest is its artifact's. */
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
