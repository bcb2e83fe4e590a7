package io.millrace.jobs.shard;

import io.millrace.jobs.files.Json;
import java.util.List;
import java.util.Map;

/**
 * What a shard's footer says about the dataset, for a reader that has one shard and no manifest.
 *
 * @param split of all its rows
 * @param index within the split
 * @param classNames by label number
 */
record ShardFooter(Split split, int index, List<String> classNames) {
  private static final String DATASET = "millrace.dataset";
  private static final String CLASSES = "millrace.classes";

  /** The value of the first key. */
  private record Place(int schemaVersion, String split, int shard) {}

  /** Keys and values, which are JSON. */
  Map<String, String> keys() {
    return Map.of(
        DATASET,
        Json.line(new Place(DatasetFile.SCHEMA_VERSION, split.text(), index)),
        CLASSES,
        Json.line(classNames));
  }
}
