package io.millrace.jobs.ingest;

import static io.millrace.jobs.testing.CifarFiles.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Classes;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.testing.Ingests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardCutterTest {
  private static final int BYTES = 1000;

  @TempDir Path temp;

  @Test
  void cutsShuffledShardsIntoRangesOfPlaces() throws Exception {
    List<List<Entry>> shards = cut(3000, "shard-bytes=4000");
    assertThat(shards).hasSizeBetween(700, 750);
    long last = 0;
    for (List<Entry> shard : shards) {
      long smallest =
          shard.stream()
              .map(entry -> ShardCutter.place(1, entry.id()))
              .min(Long::compareUnsigned)
              .orElseThrow();
      assertThat(Long.compareUnsigned(smallest, last)).isPositive();
      last =
          shard.stream()
              .map(entry -> ShardCutter.place(1, entry.id()))
              .max(Long::compareUnsigned)
              .orElseThrow();
    }
    assertThat(ids(shards)).containsExactlyInAnyOrderElementsOf(ids(List.of(entries(3000))));
  }

  @Test
  void keepsSourceOrderAcrossEvenlyFilledShards() throws Exception {
    List<List<Entry>> shards = cut(3000, "shard-bytes=4000", "shuffle=none");
    assertThat(shards).hasSize(750).allSatisfy(shard -> assertThat(shard).hasSize(4));
    assertThat(ids(shards)).isEqualTo(ids(List.of(entries(3000))));
  }

  @Test
  void cutsSplitsIntoSeparateShards() throws Exception {
    List<List<Entry>> shards = new ArrayList<>();
    List<Entry> entries = new ArrayList<>(entries(10));
    entries.addAll(2, List.of(entry("v", Split.VAL), entry("w", Split.VAL)));
    for (List<Entry> shard : cut(entries, "shard-bytes=4000", "shuffle=none")) {
      assertThat(shard).extracting(Entry::split).containsOnly(shard.get(0).split());
      shards.add(shard);
    }
    assertThat(shards).hasSize(4);
    assertThat(ids(shards)).endsWith("v", "w").hasSize(12);
  }

  @Test
  void cutsNoShardsFromNoPictures() throws Exception {
    assertThat(cut(0)).isEmpty();
  }

  private List<List<Entry>> cut(int count, String... keys) throws IOException {
    return cut(entries(count), keys);
  }

  private List<List<Entry>> cut(List<Entry> entries, String... keys) throws IOException {
    Path batch = Files.write(temp.resolve("data_batch_1.bin"), records(1, 1));
    List<String> pairs = new ArrayList<>(List.of("source.format=cifar10", "source.path=" + batch));
    pairs.addAll(List.of(keys));
    IngestParameters parameters = Ingests.parameters(pairs.toArray(String[]::new));
    JobFiles staging = JobFiles.in(temp.resolve("staging").toUri());
    SubsetFilter choice =
        new SubsetFilter(
            parameters.source().subset(),
            Unlabelled.KEEP,
            Classes.named(List.of("a")),
            1,
            "ingest x");
    ShardCutter cutter =
        new ShardCutter(
            staging,
            visitor -> {
              for (Entry entry : entries) {
                visitor.entry(entry);
              }
            },
            choice,
            Intake.of(parameters.images(), 3),
            parameters);
    List<List<Entry>> shards = new ArrayList<>();
    for (ShardPlan plan : cutter.cut()) {
      List<Entry> shard = new ArrayList<>();
      EntryFile.read(staging, plan.file(), shard::add);
      assertThat(shard).hasSize(Math.toIntExact(plan.records()));
      shards.add(shard);
    }
    return shards;
  }

  private static List<String> ids(List<List<Entry>> shards) {
    return shards.stream().flatMap(List::stream).map(Entry::id).toList();
  }

  private static List<Entry> entries(int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry("train#" + i, Split.TRAIN));
    }
    return entries;
  }

  private static Entry entry(String id, Split split) {
    return Entry.encoded(id, split, 0, URI.create("file:///somewhere"), 0, BYTES);
  }
}
