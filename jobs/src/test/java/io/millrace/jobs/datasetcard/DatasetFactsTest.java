package io.millrace.jobs.datasetcard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.card.Fact;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@code show} says of a dataset. */
class DatasetFactsTest {
  private static final URI PLACE = URI.create("file:///data");

  @Test
  void saysOnceThatClassesAreEqual() {
    List<Fact> rows = dataset(List.of("cat", "dog"), List.of(50L, 50L));
    assertThat(rows)
        .contains(
            new Fact("images", "100, all train"),
            new Fact("classes", "2: cat, dog"),
            new Fact("train per class", "50 each"),
            new Fact("records", "103 in, 3 quarantined, 0 left out; 2 files ignored"));
  }

  @Test
  void countsEachOfFewClasses() {
    assertThat(dataset(List.of("cat", "dog"), List.of(1_099L, 1L)))
        .contains(new Fact("train per class", "cat 1,099; dog 1"));
  }

  @Test
  void summarisesManyClassesInOneLine() {
    List<String> names =
        IntStream.range(0, 1_000).mapToObj(i -> "n%04d, other name".formatted(i)).toList();
    List<Long> counts = new ArrayList<>(Collections.nCopies(1_000, 1_300L));
    counts.set(7, 732L);
    List<Fact> rows = dataset(names, counts);
    assertThat(rows)
        .contains(
            new Fact(
                "train per class", "from 732 (n0007, other name) to 1,300 (n0000, other name)"));
    assertThat(rows.get(2).value()).endsWith("; n0011, other name and 988 more");
  }

  @Test
  void describesOneClassAndNoClass() {
    assertThat(dataset(List.of("only"), List.of(100L)))
        .contains(new Fact("classes", "1: only"), new Fact("train per class", "100 each"));
    assertThat(dataset(List.of(), List.of())).contains(new Fact("classes", "none")).hasSize(5);
  }

  @Test
  void cutsLongNamesAndControlCharacters() {
    String red = "\u001b[31m" + "语".repeat(200) + "\n";
    String shown = dataset(List.of(red), List.of(100L)).get(2).value();
    assertThat(shown).isEqualTo("1: ?[31m" + "语".repeat(32) + "...");
  }

  private static List<Fact> dataset(List<String> names, List<Long> counts) {
    return DatasetFacts.rows(
        new Dataset(
            PLACE,
            "d",
            names,
            new Counts(103, 100, 3, 2, 0),
            Map.of("train", counts),
            Map.of("format", "folder", "path", "/pictures"),
            List.of(new ShardEntry("p", Split.TRAIN, 100, 1_000, "c", List.of(100)))));
  }
}
