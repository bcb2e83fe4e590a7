package io.millrace.jobs.ingest;

import static io.millrace.jobs.testing.CifarFiles.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Classes;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.source.Subset;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubsetFilterTest {
  private static final Classes CLASSES =
      new Classes(List.of("tench", "shark", "crane"), List.of("n1", "n2", "n3"));
  private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.VAL, Split.TEST);
  private static final URI FILE = URI.create("file:///somewhere");

  @TempDir Path temp;
  private Path batch;

  @BeforeEach
  void batch() throws IOException {
    batch = Files.write(temp.resolve("data_batch_1.bin"), records(1, 1));
  }

  @Test
  void samplesEachClassEvenlyAndDifferentlyForEachSeed() throws Exception {
    List<Entry> all = entries(30_000);
    List<Entry> one = chosen(all, 1, "source.sample=0.1");
    // Five standard deviations of a binomial.
    assertThat(one.size()).isBetween(3000 - 260, 3000 + 260);
    one.stream()
        .collect(Collectors.groupingBy(Entry::label, Collectors.counting()))
        .values()
        .forEach(count -> assertThat(count).isBetween(1000L - 150, 1000L + 150));
    List<Entry> two = chosen(all, 2, "source.sample=0.1");
    assertThat(two.size()).isBetween(3000 - 260, 3000 + 260);
    assertThat(two.stream().filter(one::contains).count()).isBetween(200L, 400L);
  }

  @Test
  void largerSampleContainsTheSmaller() throws Exception {
    List<Entry> all = entries(3000);
    assertThat(chosen(all, 1, "source.sample=0.5"))
        .containsAll(chosen(all, 1, "source.sample=0.1"));
  }

  @Test
  void choiceDoesNotDependOnTheOrder() throws Exception {
    List<Entry> all = entries(3000);
    String[] keys = {
      "source.sample=0.5", "source.per-class-limit=20", "source.classes=[n3, tench]"
    };
    List<Entry> chosen = chosen(all, 7, keys);
    assertThat(chosen).hasSize(2 * 3 * 20);
    assertThat(chosen).extracting(Entry::label).containsOnly(0, 2);
    List<Entry> mixed = new ArrayList<>(all);
    Collections.shuffle(mixed, new Random(3));
    assertThat(chosen(mixed, 7, keys)).containsExactlyInAnyOrderElementsOf(chosen);
  }

  @Test
  void limitsEachClassOfEachSplitBySeed() throws Exception {
    List<Entry> all = entries(900);
    List<Entry> chosen = chosen(all, 1, "source.per-class-limit=7");
    Map<String, Long> counts =
        chosen.stream()
            .collect(
                Collectors.groupingBy(e -> e.split() + " " + e.label(), Collectors.counting()));
    assertThat(counts).hasSize(9).allSatisfy((group, count) -> assertThat(count).isEqualTo(7));
    assertThat(chosen(all, 2, "source.per-class-limit=7")).isNotEqualTo(chosen);
    assertThat(chosen(all, 1, "source.per-class-limit=1000")).isEqualTo(all);
  }

  @Test
  void keepsOnlyTheGivenSplit() throws Exception {
    assertThat(chosen(entries(90), 1, "source.split=val"))
        .hasSize(30)
        .allMatch(entry -> entry.split() == Split.VAL);
  }

  @Test
  void leavesOutUnlabelledPicturesByClassAndLimitsThem() throws Exception {
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(Entry.encoded("x" + i, Split.TRAIN, Entry.NO_LABEL, FILE, 0, 1));
    }
    assertThat(chosen(all, 1, "source.classes=[n1]")).isEmpty();
    assertThat(chosen(all, 1, "source.per-class-limit=5")).hasSize(5);
  }

  @Test
  void refusesUnknownClassAndListsTheClasses() {
    assertThatThrownBy(() -> chosen(List.of(), 1, "source.classes=[n1, cat]"))
        .isInstanceOf(CannotException.class)
        .hasMessage("Cannot ingest x: it has no class 'cat'; its classes are n1, n2, n3");
  }

  /** ImageNet has two cranes: a bird and a machine. */
  @Test
  void sharedClassNameSelectsAllItsClasses() throws Exception {
    Classes cranes = Classes.named(List.of("crane", "shark", "crane"));
    assertThat(chosen(cranes, entries(90), 1, "source.classes=[crane]"))
        .extracting(Entry::label)
        .containsOnly(0, 2);
  }

  private List<Entry> chosen(List<Entry> entries, long seed, String... keys) throws IOException {
    return chosen(CLASSES, entries, seed, keys);
  }

  private List<Entry> chosen(Classes classes, List<Entry> entries, long seed, String... keys)
      throws IOException {
    List<String> pairs = new ArrayList<>(List.of("source.format=cifar10", "source.path=" + batch));
    pairs.addAll(List.of(keys));
    Source source = Ingests.parameters(pairs.toArray(String[]::new)).source();
    Subset subset = source.subset();
    SubsetFilter filter = new SubsetFilter(subset, Unlabelled.KEEP, classes, seed, "ingest x");
    filter.prepare(
        visitor -> {
          for (Entry entry : entries) {
            visitor.entry(entry);
          }
        });
    return entries.stream().filter(filter::takes).toList();
  }

  /** Every class in every split, equally often. */
  private static List<Entry> entries(int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Split split = SPLITS.get(i / 3 % 3);
      entries.add(Entry.encoded("train#" + i, split, i % 3, FILE, i, 1));
    }
    return entries;
  }
}
