package io.millrace.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassFindingsTest {
  @Test
  void findsNothingInAnOrdinaryDataset() {
    assertThat(findings(List.of("cat", "dog"), Map.of("train", List.of(3L, 2L)), Map.of()))
        .isEmpty();
    assertThat(findings(List.of(), Map.of("train", List.of()), Map.of("train", 7)))
        .as("pictures alone are meant to have no labels")
        .isEmpty();
  }

  @Test
  void countsUnlabelledPicturesBySplit() {
    assertThat(
            findings(List.of("cat", "dog"), Map.of("train", List.of(3L, 2L)), Map.of("train", 4)))
        .containsExactly(
            "4 of 9 images of train have no label: a training on them is refused;"
                + " unlabelled = leave-out leaves them out at ingest.");
  }

  @Test
  void namesClassesWithoutPictures() {
    assertThat(
            findings(
                List.of("cat", "dog", "emu"),
                Map.of("train", List.of(3L, 0L, 0L), "val", List.of(1L, 1L, 0L)),
                Map.of()))
        .containsExactly(
            "The class emu has no image in any split.",
            "The class dog has images in val and none in train.");
  }

  @Test
  void namesSplitsWithoutACommonClass() {
    assertThat(
            findings(
                List.of("cat", "dog"),
                Map.of("train", List.of(3L, 0L), "val", List.of(0L, 1L)),
                Map.of()))
        .containsExactly(
            "train and val have no class in common: a model that was trained on one can't be right"
                + " on the other.");
  }

  @Test
  void findsNamesThatDifferOnlyByCaseOrUnicodeForm() {
    String composed = "caf\u00e9";
    String decomposed = "cafe\u0301";
    assertThat(
            findings(
                List.of("Cat", "cat", composed, decomposed),
                Map.of("train", List.of(1L, 1L, 1L, 1L)),
                Map.of()))
        .containsExactlyInAnyOrder(
            "The classes Cat and cat differ only by case or by the form of their characters; they"
                + " stay different classes.",
            "The classes "
                + composed
                + " and "
                + decomposed
                + " differ only by case or by the form of their characters; they stay different"
                + " classes.");
  }

  private static List<String> findings(
      List<String> names, Map<String, List<Long>> counts, Map<String, Integer> unlabelled) {
    List<ShardEntry> shards = new ArrayList<>();
    Map<String, List<Long>> ordered = new LinkedHashMap<>(counts);
    for (Split split : Split.values()) {
      List<Long> each = counts.getOrDefault(split.text(), List.of());
      int rows =
          (int) each.stream().mapToLong(Long::longValue).sum()
              + unlabelled.getOrDefault(split.text(), 0);
      if (rows > 0) {
        shards.add(new ShardEntry(split.text() + ".parquet", split, rows, 1, "sum", List.of(rows)));
      }
    }
    long all = shards.stream().mapToLong(ShardEntry::rows).sum();
    return ClassFindings.of(
        new Dataset(
            URI.create("file:///none"),
            "digest",
            names,
            new Counts(all, all, 0, 0, 0),
            ordered,
            Map.of(),
            shards));
  }
}
