package io.millrace.jobs.showing;

import io.millrace.jobs.model.Model;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.stats.Statistics;
import io.millrace.jobs.terminal.TextTable;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.StoredFile;
import io.millrace.pipeline.text.Amounts;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An artifact as a person reads it. */
public final class Artifacts {
  /** The files that say what is in a job's result, best first. */
  public static final List<String> CONTENTS =
      List.of(Dataset.FILE, Statistics.FILE, "model.json", "evaluation.json");

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private Artifacts() {}

  /**
   * @param file which of {@link #CONTENTS} is in it; empty if none is
   * @param contents of that file
   */
  public static String summary(StoredArtifact artifact, String file, Map<String, Object> contents) {
    ArtifactManifest manifest = artifact.manifest();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("artifact", Places.text(artifact.folder())));
    rows.add(List.of("result", manifest.headline()));
    rows.addAll(facts(artifact.folder(), manifest, file, contents));
    String job = manifest.identity().job();
    String stage = manifest.stage().equals(job) ? "" : " (stage " + manifest.stage() + ")";
    rows.add(
        List.of(
            "made by",
            "%s%s on %s in %s"
                .formatted(
                    job,
                    stage,
                    MINUTE.format(manifest.created()),
                    Amounts.seconds(manifest.seconds()))));
    rows.add(List.of("files", files(manifest.files())));
    rows.add(List.of("digest", manifest.digest()));
    rows.add(List.of("again by", manifest.reproduce()));
    return TextTable.table(rows);
  }

  private static List<List<String>> facts(
      URI folder, ArtifactManifest manifest, String file, Map<String, Object> contents) {
    return switch (CONTENTS.indexOf(file)) {
      case 0 -> DatasetFacts.rows(Dataset.open(folder));
      case 1 -> StatsFacts.rows(Statistics.open(folder), String.valueOf(contents.get("split")));
      case 2 -> ModelFacts.rows(Model.open(folder), contents, manifest.metrics());
      case 3 -> EvaluationFacts.rows(contents);
      default -> others(manifest);
    };
  }

  /** A job whose result is just files: what it was told, and which they are. */
  private static List<List<String>> others(ArtifactManifest manifest) {
    List<List<String>> rows = new ArrayList<>();
    manifest
        .identity()
        .parameters()
        .forEach((key, value) -> rows.add(List.of(key.replace('-', ' '), ValueText.of(value))));
    List<String> names =
        manifest.files().stream()
            .map(each -> ValueText.name(each.path()) + " (" + Amounts.bytes(each.bytes()) + ")")
            .toList();
    rows.add(List.of("holds", ValueText.list(names)));
    return rows;
  }

  private static String files(List<StoredFile> files) {
    long bytes = files.stream().mapToLong(StoredFile::bytes).sum();
    return Amounts.count(files.size()) + ", " + Amounts.bytes(bytes);
  }
}
