package io.millrace.jobs.ingest;

import static io.millrace.jobs.testing.SmallSources.png;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderIngestTest {
  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(temp.resolve("given"));
  }

  @Test
  void everyFileBecomesARowOrIsQuarantined() throws Exception {
    for (String name : List.of("a b.png", "50%25+1.png", "\u732b.png", "#x?y.png", "deep/er.png")) {
      put("cat/" + name, png(name.hashCode(), 5, 6));
    }
    put("dog/text.jpg", "no picture".getBytes(UTF_8));
    put("dog/empty.png", new byte[0]);
    put("dog/a:b.png", png(1, 5, 6));
    byte[] half = png(2, 30, 30);
    put("dog/half.png", Arrays.copyOf(half, half.length / 2));
    Files.createSymbolicLink(folder.resolve("dog/broken.png"), temp.resolve("nowhere"));
    put("readme.md", new byte[] {1});
    JobRunner.Done done = ingest("out", "max-quarantine=100%");
    Dataset dataset = Dataset.open(done.folder().toUri());

    assertThat(dataset.counts()).isEqualTo(new Counts(10, 5, 5, 1, 0));
    assertThat(dataset.classNames()).containsExactly("cat", "dog");
    assertThat(Ingests.rows(done))
        .extracting(Picture::id)
        .containsExactlyInAnyOrder(
            "cat/a b.png", "cat/50%25+1.png", "cat/\u732b.png", "cat/#x?y.png", "cat/deep/er.png");
    assertThat(Ingests.quarantine(done))
        .hasSize(5)
        .anyMatch(line -> line.startsWith("dog/a:b.png a name with a colon"))
        .anyMatch(line -> line.startsWith("dog/broken.png a link to nothing"))
        .anyMatch(line -> line.equals("dog/empty.png an empty file 0"))
        .anyMatch(line -> line.startsWith("dog/half.png the picture ends early"))
        .anyMatch(line -> line.equals("dog/text.jpg no picture file 10"));
  }

  @Test
  void takesLabelsFromCsvAndLeavesOthersOut() throws Exception {
    for (String name : List.of("a.png", "b,c.png", "sub/d.png", "unnamed.png")) {
      put(name, png(name.hashCode(), 4, 4));
    }
    Path csv =
        Files.writeString(
            folder.resolve("files.csv"),
            String.join(
                "\r\n",
                "path,label",
                "a.png,10",
                "\"b,c.png\",2",
                "sub/d.png,10",
                "gone.png,2",
                "../outside.png,2"));
    Files.write(temp.resolve("outside.png"), png(9, 4, 4));
    JobRunner.Done done = ingest("out", "max-quarantine=100%", "source.labels.csv=" + csv);
    Dataset dataset = Dataset.open(done.folder().toUri());
    assertThat(dataset.classNames()).containsExactly("2", "10");
    assertThat(dataset.counts()).isEqualTo(new Counts(5, 3, 2, 1, 1));
    Map<String, Integer> labels = new HashMap<>();
    Ingests.rows(done).forEach(row -> labels.put(row.id(), row.label()));
    assertThat(labels).isEqualTo(Map.of("a.png", 1, "b,c.png", 0, "sub/d.png", 1));
    assertThat(Ingests.quarantine(done))
        .anyMatch(line -> line.startsWith("../outside.png named in the CSV file, but outside"));
  }

  @Test
  void refusesPictureNamedTwiceAndNamesBothLines() throws Exception {
    put("a.png", png(1, 4, 4));
    Path csv = Files.writeString(folder.resolve("files.csv"), "a.png,x\na.png,y\n");
    assertThatThrownBy(() -> ingest("out", "source.labels.csv=" + csv))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("its lines 1 and 2 give a.png different labels, 'x' and 'y'");
  }

  @Test
  void sampleDependsOnSeedAndNotOnTasks() throws Exception {
    many(300);
    Set<String> one = ids(Ingests.runOn("local[1]", temp, "one", keys("source.sample=20%")));
    Set<String> four = ids(Ingests.runOn("local[4]", temp, "four", keys("source.sample=20%")));
    assertThat(four).isEqualTo(one);
    assertThat(one).hasSizeBetween(30, 95);
    assertThat(ids(ingest("seed", "source.sample=20%", "seed=2"))).isNotEqualTo(one);
  }

  @Test
  void limitsAndClassesKeepLabelNumbers() throws Exception {
    many(60);
    JobRunner.Done done = ingest("out", "source.classes=[c2]", "source.per-class-limit=7");
    Dataset dataset = Dataset.open(done.folder().toUri());
    assertThat(dataset.classNames()).containsExactly("c0", "c1", "c2");
    assertThat(dataset.classCounts().get("train")).containsExactly(0L, 0L, 7L);
    assertThat(dataset.counts()).isEqualTo(new Counts(7, 7, 0, 0, 53));
  }

  @Test
  void orderIsBySeedOrOfTheSource() throws Exception {
    many(40);
    List<String> shuffled = order(ingest("one"));
    assertThat(order(ingest("again"))).isEqualTo(shuffled);
    assertThat(order(ingest("other", "seed=5"))).isNotEqualTo(shuffled);
    List<String> source = order(ingest("source", "shuffle=none"));
    assertThat(source).isSorted().isNotEqualTo(shuffled);
    assertThat(new HashSet<>(source)).isEqualTo(new HashSet<>(shuffled));
  }

  @Test
  void manySmallShardsHoldEveryPictureOnce() throws Exception {
    many(300);
    JobRunner.Done done = ingest("out", "shard-bytes=100", "shuffle=none");
    Dataset dataset = Dataset.open(done.folder().toUri());
    assertThat(dataset.shards()).hasSizeGreaterThan(256);
    assertThat(ids(done)).hasSize(300);
    assertThat(dataset.counts().out()).isEqualTo(300);
  }

  private void many(int pictures) throws IOException {
    for (int i = 0; i < pictures; i++) {
      put("c" + i % 3 + "/" + i + ".png", png(i, 3, 3 + i % 4));
    }
  }

  private void put(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private JobRunner.Done ingest(String name, String... more) throws Exception {
    return Ingests.run(temp, name, keys(more));
  }

  private String[] keys(String... more) {
    List<String> keys = new ArrayList<>(List.of(more));
    keys.add("source.format=folder");
    keys.add("source.path=" + folder);
    return keys.toArray(String[]::new);
  }

  private static List<String> order(JobRunner.Done done) throws IOException {
    return Ingests.rows(done).stream().map(Picture::id).toList();
  }

  private static Set<String> ids(JobRunner.Done done) throws IOException {
    return Ingests.rows(done).stream().map(Picture::id).collect(Collectors.toSet());
  }
}
