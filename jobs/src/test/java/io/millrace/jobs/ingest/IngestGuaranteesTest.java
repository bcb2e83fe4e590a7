package io.millrace.jobs.ingest;

import static io.millrace.jobs.testing.CifarFiles.gzip;
import static io.millrace.jobs.testing.CifarFiles.records;
import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.files;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static io.millrace.jobs.testing.SmallSources.tar;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.container.LmdbBuilder;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.pipeline.CannotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every ingest, whatever the source. */
class IngestGuaranteesTest {
  @TempDir Path temp;

  @Test
  void everyFileBecomesARowOrIsQuarantined() throws Exception {
    Path root = temp.resolve("given");
    for (String name : List.of("cat/50%25+1 \u732b.jpg", "cat/b c.jpg", "dog/a.jpg")) {
      file(root.resolve("train/" + name), jpeg(name.hashCode()));
    }
    file(root.resolve("train/cat/notes.txt"), "no picture".getBytes(UTF_8));
    file(root.resolve("train/cat/empty.jpg"), new byte[0]);
    file(root.resolve("train/cat/12:30.jpg"), jpeg(1));
    file(root.resolve("train/cat/cut.jpg"), Arrays.copyOf(jpeg(1), 300));
    file(root.resolve("train/stray.jpg"), jpeg(2));
    Files.createSymbolicLink(root.resolve("train/dog/broken.jpg"), Path.of("nowhere"));
    Files.createSymbolicLink(root.resolve("train/dog/up"), root);
    file(root.resolve("val/cat/a.jpg"), jpeg(3));
    file(root.resolve("readme.txt"), new byte[1]);
    JobRunner.Done done =
        run("out", "source.format=folder", "source.path=" + root, "source.split=train");

    assertThat(Dataset.open(done.folder().toUri()).counts()).isEqualTo(new Counts(10, 3, 7, 1, 1));
    assertThat(Ingests.rows(done))
        .extracting(Picture::id)
        .containsExactlyInAnyOrder(
            "train/cat/50%25+1 \u732b.jpg", "train/cat/b c.jpg", "train/dog/a.jpg");
    assertThat(Ingests.quarantine(done))
        .extracting(line -> line.split(" ", 2)[0])
        .containsExactly(
            "train/cat/12:30.jpg",
            "train/cat/cut.jpg",
            "train/cat/empty.jpg",
            "train/cat/notes.txt",
            "train/dog/broken.jpg",
            "train/dog/up",
            "train/stray.jpg");
  }

  @Test
  void refusesEmptyFolderInOneSentence() throws Exception {
    Path root = Files.createDirectory(temp.resolve("given"));
    for (String format : List.of("folder", "imagenet", "idx", "cifar100")) {
      refused(
          root + ": there is no picture in it", "source.format=" + format, "source.path=" + root);
    }
  }

  @Test
  void refusesFileThatACsvNamesTwice() throws Exception {
    Path root = temp.resolve("given");
    file(root.resolve("a.jpg"), jpeg(1));
    file(root.resolve("labels.csv"), "a.jpg,cat\n./a.jpg,dog\n".getBytes(UTF_8));
    refused(
        "its lines 1 and 2 give ./a.jpg different labels",
        "source.format=folder",
        "source.path=" + root,
        "source.labels.csv=" + root.resolve("labels.csv"));
  }

  @Test
  void refusesNameThatIsTwiceInAnArchive() throws Exception {
    Path archive = temp.resolve("ILSVRC2012_img_val.tar");
    byte[] once = tar(files("a.JPEG", jpeg(1)));
    int entry = 512 + (jpeg(1).length + 511) / 512 * 512;
    byte[] twice = new byte[entry + once.length];
    System.arraycopy(once, 0, twice, 0, entry);
    System.arraycopy(once, 0, twice, entry, once.length);
    file(archive, twice);
    refused(
        "two pictures have the id 'a.JPEG': "
            + archive
            + " (byte 512) and "
            + archive
            + " (byte "
            + (entry + 512)
            + ")",
        "source.format=imagenet",
        "source.path=" + archive);
  }

  @Test
  void countsEqualPicturesWithinAndAcrossSplits() throws Exception {
    Path root = temp.resolve("given");
    for (String name : List.of("train/cat/a.jpg", "train/cat/b.jpg", "val/cat/a.jpg")) {
      file(root.resolve(name), jpeg(1));
    }
    file(root.resolve("train/cat/c.jpg"), jpeg(2));
    file(root.resolve("train/cat/d.jpg"), jpeg(2));
    file(root.resolve("val/cat/e.jpg"), jpeg(3));
    JobRunner.Done done = run("out", "source.format=folder", "source.path=" + root);
    assertThat(Dataset.open(done.folder().toUri()).notes())
        .containsEntry("equal-pictures", 3L)
        .containsEntry("contents-in-several-splits", 1L);
  }

  @Test
  void shuffledRowsAreInHashOrderForAnyNumberOfTasks() throws Exception {
    String[] pairs = cifar(500, "shard-bytes=200000");
    JobRunner.Done one = Ingests.runOn("local[1]", temp, "one", pairs);
    JobRunner.Done four = Ingests.runOn("local[4]", temp, "four", pairs);
    assertThat(one.files()).isEqualTo(four.files());
    for (String name : one.files()) {
      assertThat(one.folder().resolve(name)).hasSameBinaryContentAs(four.folder().resolve(name));
    }
    List<String> ids = ids(one);
    assertThat(ids).hasSize(500).doesNotHaveDuplicates();
    assertThat(ids)
        .isSortedAccordingTo(
            Comparator.comparing(id -> ShardCutter.place(1, id), Long::compareUnsigned));
    List<String> other = ids(run("other", cifar(500, "shard-bytes=200000", "seed=2")));
    assertThat(other).containsExactlyInAnyOrderElementsOf(ids).isNotEqualTo(ids);
  }

  @Test
  void keepsSourceOrderInMoreShardsThanAreOpenAtOnce() throws Exception {
    JobRunner.Done done = run("out", cifar(260, "shard-bytes=3072", "shuffle=none"));
    assertThat(Dataset.open(done.folder().toUri()).shards()).hasSize(260);
    assertThat(ids(done))
        .isEqualTo(IntStream.range(0, 260).mapToObj(i -> "data_batch_1#" + i).toList());
  }

  @Test
  void sameSampleForAnyNumberOfTasksAndCountsTheRest() throws Exception {
    List<String> places = new ArrayList<>();
    for (String folder : List.of("bedroom_train_lmdb", "kitchen_train_lmdb")) {
      TreeMap<String, byte[]> pictures = new TreeMap<>();
      for (int i = 0; i < 100; i++) {
        pictures.put("key%03d".formatted(i), jpeg(folder.hashCode() + i));
      }
      file(temp.resolve("lsun/" + folder + "/data.mdb"), LmdbBuilder.of(4096, pictures));
      places.add("\"" + temp.resolve("lsun/" + folder) + "\"");
    }
    String[] pairs = {
      "source.format=lsun", "source.path=[" + String.join(", ", places) + "]", "source.sample=0.3"
    };
    JobRunner.Done one = Ingests.runOn("local[1]", temp, "one", pairs);
    JobRunner.Done four = Ingests.runOn("local[4]", temp, "four", pairs);
    assertThat(one.result().digest()).isEqualTo(four.result().digest());
    Counts counts = Dataset.open(one.folder().toUri()).counts();
    assertThat(counts.out()).isBetween(30L, 90L).isEqualTo(counts.in());
    assertThat(counts.leftOut()).isEqualTo(200 - counts.out());
    String[] other = Arrays.copyOf(pairs, 4);
    other[3] = "seed=9";
    assertThat(ids(run("other", other))).isNotEqualTo(ids(one)).doesNotHaveDuplicates();
  }

  @Test
  void keepsLabelNumbersWhenSomeClassesAreRead() throws Exception {
    Path root = temp.resolve("given");
    for (String name : List.of("ant", "bee", "cat")) {
      file(root.resolve(name + "/1.jpg"), jpeg(name.hashCode()));
    }
    JobRunner.Done done =
        run("out", "source.format=folder", "source.path=" + root, "source.classes=[cat]");
    Dataset dataset = Dataset.open(done.folder().toUri());
    assertThat(dataset.classNames()).containsExactly("ant", "bee", "cat");
    assertThat(dataset.counts()).isEqualTo(new Counts(1, 1, 0, 0, 2));
    assertThat(Ingests.rows(done)).extracting(Picture::label).containsExactly(2);
  }

  @Test
  void tarOfTarsGivesTheRowsOfItsFolders() throws Exception {
    Path folder = temp.resolve("train");
    Map<String, byte[]> outer = new LinkedHashMap<>();
    for (String synset : List.of("n01440764", "n01484850")) {
      Map<String, byte[]> inner = new LinkedHashMap<>();
      for (int i = 0; i < 5; i++) {
        inner.put(synset + "_" + i + ".JPEG", jpeg(synset.hashCode() + i));
        file(
            folder.resolve(synset + "/" + synset + "_" + i + ".JPEG"), jpeg(synset.hashCode() + i));
      }
      outer.put(synset + ".tar", tar(inner));
    }
    Path archive = file(temp.resolve("ILSVRC2012_img_train.tar"), tar(outer));
    Path small = file(temp.resolve("small/train.tgz"), gzip(tar(outer)));
    String digest =
        run("folders", "source.format=imagenet", "source.path=" + folder).result().digest();
    for (Path path : List.of(archive, small)) {
      JobRunner.Done done =
          run(path.getFileName() + "-out", "source.format=imagenet", "source.path=" + path);
      assertThat(done.result().digest()).isEqualTo(digest);
      assertThat(Dataset.open(done.folder().toUri()).images(Split.TRAIN)).isEqualTo(10);
      assertThat(done.files()).noneMatch(name -> name.startsWith("_inflated"));
    }
  }

  @Test
  void quarantineNamesArchiveAndNotItsInflatedCopy() throws Exception {
    byte[] first = tar(files("a.JPEG", jpeg(1), "b.JPEG", jpeg(2)));
    first[512 + (jpeg(1).length + 511) / 512 * 512] ^= 1;
    byte[] second = tar(files("c.JPEG", jpeg(3), "d.JPEG", new byte[100]));
    Path archive =
        file(
            temp.resolve("t 1.tar.gz"),
            gzip(tar(files("n01440764.tar", first, "n01484850.tar", second))));
    JobRunner.Done done = run("out", "source.format=imagenet", "source.path=" + archive);
    List<String> paths = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement();
        ResultSet found =
            sql.executeQuery(
                "select path from read_parquet('" + done.folder() + "/_quarantine/*.rejects')")) {
      while (found.next()) {
        paths.add(found.getString(1));
      }
    }
    assertThat(paths).hasSize(2).containsOnly(archive + "!t 1.tar");
  }

  private String[] cifar(int count, String... more) throws Exception {
    Path batch = Files.write(temp.resolve("data_batch_1.bin"), records(count, 1));
    List<String> pairs = new ArrayList<>(List.of("source.format=cifar10", "source.path=" + batch));
    pairs.addAll(List.of(more));
    return pairs.toArray(String[]::new);
  }

  private static List<String> ids(JobRunner.Done done) throws Exception {
    return Ingests.rows(done).stream().map(Picture::id).toList();
  }

  private void refused(String why, String... pairs) {
    assertThatThrownBy(() -> run("refused", pairs))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(why);
  }

  private JobRunner.Done run(String name, String... pairs) throws Exception {
    List<String> all = new ArrayList<>(List.of(pairs));
    all.add("max-quarantine=1");
    return Ingests.run(temp.resolve("results"), name, all.toArray(String[]::new));
  }
}
