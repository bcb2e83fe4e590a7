package io.millrace.jobs.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code _dataset.json}, written and read. */
final class DatasetJson {
  private static final int SCHEMA_VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private DatasetJson() {}

  static byte[] text(Dataset dataset) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schema-version", SCHEMA_VERSION);
    root.put("digest", dataset.digest());
    root.put("class-names", dataset.classNames());
    if (!dataset.synsets().isEmpty()) {
      root.put("synsets", dataset.synsets());
    }
    Counts counts = dataset.counts();
    Map<String, Object> sums = new LinkedHashMap<>();
    sums.put("in", counts.in());
    sums.put("out", counts.out());
    sums.put("quarantined", counts.quarantined());
    sums.put("ignored", counts.ignored());
    sums.put("left-out", counts.leftOut());
    root.put("counts", sums);
    root.put("class-counts", dataset.classCounts());
    root.put("notes", dataset.notes());
    root.put("source", dataset.source());
    if (dataset.variantDepth() > 0) {
      root.put("variant-depth", dataset.variantDepth());
    }
    List<Map<String, Object>> shards = new ArrayList<>();
    for (ShardEntry shard : dataset.shards()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("path", shard.path());
      entry.put("split", shard.split().text());
      entry.put("rows", shard.rows());
      entry.put("row-groups", shard.rowGroups());
      entry.put("bytes", shard.bytes());
      entry.put("sha256", shard.checksum());
      shards.add(entry);
    }
    root.put("shards", shards);
    return JSON.writeValueAsBytes(root);
  }

  static Dataset read(URI folder, byte[] json) throws IOException {
    JsonNode root = JSON.readTree(json);
    if (root.path("schema-version").asInt() != SCHEMA_VERSION) {
      throw new IOException("its schema-version is not " + SCHEMA_VERSION);
    }
    Map<String, Long> notes = new LinkedHashMap<>();
    root.path("notes").fields().forEachRemaining(e -> notes.put(e.getKey(), e.getValue().asLong()));
    Map<String, List<Long>> classCounts = new LinkedHashMap<>();
    root.path("class-counts")
        .fields()
        .forEachRemaining(split -> classCounts.put(split.getKey(), longs(split.getValue())));
    Map<String, String> source = new LinkedHashMap<>();
    root.path("source")
        .fields()
        .forEachRemaining(e -> source.put(e.getKey(), e.getValue().asText()));
    List<ShardEntry> shards = new ArrayList<>();
    for (JsonNode shard : root.path("shards")) {
      shards.add(
          new ShardEntry(
              shard.path("path").asText(),
              Split.valueOf(shard.path("split").asText().toUpperCase(Locale.ROOT)),
              shard.path("rows").asInt(),
              shard.path("bytes").asLong(),
              shard.path("sha256").asText(),
              longs(shard.path("row-groups")).stream().map(Math::toIntExact).toList()));
    }
    JsonNode counts = root.path("counts");
    return new Dataset(
        folder,
        root.path("digest").asText(),
        texts(root.path("class-names")),
        new Counts(
            counts.path("in").asLong(),
            counts.path("out").asLong(),
            counts.path("quarantined").asLong(),
            counts.path("ignored").asLong(),
            counts.path("left-out").asLong()),
        classCounts,
        source,
        shards,
        texts(root.path("synsets")),
        notes,
        root.path("variant-depth").asInt());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<Long> longs(JsonNode array) {
    List<Long> values = new ArrayList<>();
    array.forEach(value -> values.add(value.asLong()));
    return values;
  }
}
