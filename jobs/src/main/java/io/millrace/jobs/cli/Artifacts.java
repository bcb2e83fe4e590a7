package io.millrace.jobs.cli;

import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An artifact as a person reads it. */
final class Artifacts {
  /** Keys of the contents that are shown, with their titles; what is long is left to --json. */
  private static final Map<String, String> SHOWN =
      new TreeMap<>(
          Map.of(
              "architecture", "architecture",
              "class-names", "classes",
              "counts", "records",
              "images", "images",
              "input", "input",
              "mean", "mean",
              "source", "source",
              "split", "split",
              "std", "std"));

  /** Names that are shown of a long list. */
  private static final int MOST = 12;

  private Artifacts() {}

  static String summary(StoredArtifact artifact, Map<String, Object> contents) {
    ArtifactManifest manifest = artifact.manifest();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("artifact", Places.text(artifact.folder())));
    rows.add(List.of("made by", manifest.identity().job() + " (" + manifest.stage() + ")"));
    rows.add(List.of("result", manifest.headline()));
    SHOWN.forEach(
        (key, title) -> {
          if (contents.containsKey(key)) {
            rows.add(List.of(title, words(contents.get(key))));
          }
        });
    manifest
        .metrics()
        .forEach((name, value) -> rows.add(List.of(name.replace('-', ' '), words(value))));
    rows.add(List.of("digest", manifest.digest()));
    rows.add(List.of("created", manifest.created() + ", in " + Text.seconds(manifest.seconds())));
    rows.add(
        List.of(
            "files",
            manifest.files().size()
                + ", "
                + Text.bytes(manifest.files().stream().mapToLong(StoredFile::bytes).sum())));
    rows.add(List.of("again by", manifest.reproduce()));
    return Text.table(rows);
  }

  private static String words(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> parts = new ArrayList<>();
      map.forEach((key, each) -> parts.add(key + " " + words(each)));
      return String.join(", ", parts);
    }
    if (value instanceof List<?> list) {
      List<String> all = list.stream().map(Artifacts::words).toList();
      List<String> some = all.subList(0, Math.min(MOST, all.size()));
      String rest = all.size() > MOST ? " and " + (all.size() - MOST) + " more" : "";
      // ImageNet's names have commas of their own.
      boolean commas = some.stream().anyMatch(each -> each.contains(","));
      return String.join(commas ? "; " : ", ", some) + rest;
    }
    if (value instanceof Long whole) {
      return String.format(Locale.ROOT, "%,d", whole);
    }
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%.5f", number);
    }
    return String.valueOf(value);
  }
}
