package io.millrace.jobs.shard;

import io.millrace.jobs.files.Json;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** {@code _dataset.json} as in the file, key by key. Optional keys that are missing are null. */
record DatasetFile(
    int schemaVersion,
    String digest,
    List<String> classNames,
    List<String> synsets,
    Sums counts,
    Map<String, List<Long>> classCounts,
    Map<String, Long> notes,
    Map<String, IgnoredFiles.Group> ignoredFiles,
    Map<String, String> source,
    Integer variantDepth,
    List<Shard> shards) {
  static final int SCHEMA_VERSION = 1;

  /** {@link Counts} before they are checked. */
  record Sums(long in, long out, long quarantined, long ignored, long leftOut) {}

  /** A {@link ShardEntry}. */
  record Shard(
      String path, String split, int rows, List<Integer> rowGroups, long bytes, String sha256) {
    static Shard of(ShardEntry entry) {
      return new Shard(
          entry.path(),
          entry.split().text(),
          entry.rows(),
          entry.rowGroups(),
          entry.bytes(),
          entry.checksum());
    }

    ShardEntry entry() {
      return new ShardEntry(
          path,
          Split.valueOf(split.toUpperCase(Locale.ROOT)),
          rows,
          bytes,
          sha256,
          List.copyOf(rowGroups));
    }
  }

  static byte[] text(Dataset dataset) {
    Counts counts = dataset.counts();
    return Json.bytes(
        new DatasetFile(
            SCHEMA_VERSION,
            dataset.digest(),
            dataset.classNames(),
            dataset.synsets().isEmpty() ? null : dataset.synsets(),
            new Sums(
                counts.in(),
                counts.out(),
                counts.quarantined(),
                counts.ignored(),
                counts.leftOut()),
            dataset.classCounts(),
            dataset.notes(),
            dataset.ignored().files() == 0 ? null : dataset.ignored().byText(),
            dataset.source(),
            dataset.variantDepth() == 0 ? null : dataset.variantDepth(),
            dataset.shards().stream().map(Shard::of).toList()));
  }

  /**
   * @throws IOException if it is not such JSON, or of another version
   * @throws IllegalArgumentException if it contradicts itself
   */
  static Dataset read(URI folder, byte[] json) throws IOException {
    DatasetFile file = Json.read(json, DatasetFile.class);
    if (file.schemaVersion != SCHEMA_VERSION) {
      throw new IOException("its schema-version is not " + SCHEMA_VERSION);
    }
    return file.dataset(folder);
  }

  private Dataset dataset(URI folder) throws IOException {
    if (digest == null || counts == null) {
      throw new IOException("its digest or its counts are missing");
    }
    return new Dataset(
        folder,
        digest,
        Objects.requireNonNullElse(classNames, List.of()),
        new Counts(counts.in, counts.out, counts.quarantined, counts.ignored, counts.leftOut),
        Objects.requireNonNullElse(classCounts, Map.of()),
        Objects.requireNonNullElse(source, Map.of()),
        Objects.requireNonNullElse(shards, List.<Shard>of()).stream().map(Shard::entry).toList(),
        Objects.requireNonNullElse(synsets, List.of()),
        Objects.requireNonNullElse(notes, Map.of()),
        IgnoredFiles.of(Objects.requireNonNullElse(ignoredFiles, Map.of())),
        Objects.requireNonNullElse(variantDepth, 0));
  }
}
