package io.millrace.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.RealData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real pictures of every format, whole. */
class RealSourcesTest {
  @TempDir Path temp;

  @Test
  void imageNetFoldersKeepTheirBytes() throws Exception {
    Path source = RealData.path("imagenet-mini");
    JobRunner.Done done =
        Ingests.run(
            temp,
            "out",
            "source.format=imagenet",
            "source.path=" + source,
            "source.leave-out=[fullsize, odd]");
    Dataset dataset = Dataset.open(done.folder().toUri());

    assertThat(dataset.counts()).isEqualTo(new Counts(1900, 1900, 0, 2, 257));
    assertThat(dataset.synsets()).hasSize(10).isSorted().startsWith("n01440764");
    assertThat(dataset.classNames()).startsWith("tench, Tinca tinca");
    assertThat(dataset.classCounts().get("train")).containsOnly(150L);
    assertThat(dataset.classCounts().get("val")).containsOnly(40L);
    assertThat(dataset.notes()).containsEntry("gray", 35L);
    for (Picture row : Ingests.rows(done)) {
      assertThat(row.encoding()).isEqualTo(Encoding.JPEG);
      assertThat(row.image()).isEqualTo(Files.readAllBytes(source.resolve(row.id())));
      assertThat(dataset.synsets().get(row.label()))
          .isEqualTo(Path.of(row.id()).getName(1).toString());
    }
  }

  @Test
  void cmykAndOtherOddPicturesBecomeRows() throws Exception {
    Path source = RealData.path("imagenet-mini/odd");
    JobRunner.Done done = Ingests.run(temp, "out", "source.format=folder", "source.path=" + source);
    Dataset dataset = Dataset.open(done.folder().toUri());
    assertThat(dataset.counts().out()).isEqualTo(3);
    assertThat(dataset.notes()).containsEntry("cmyk", 2L);
    assertThat(Ingests.rows(done))
        .extracting(Picture::encoding)
        .contains(Encoding.PNG, Encoding.JPEG);
  }

  @Test
  void lsunGivesAClassForEachCategory() throws Exception {
    Path lsun = RealData.path("lsun-bedroom");
    List<String> keys;
    try (Stream<String> lines = Files.lines(lsun.resolve("keys.tsv"))) {
      keys =
          lines
              .map(line -> line.split("\t", -1))
              .filter(cells -> cells[0].matches("(bedroom|kitchen)_train_lmdb"))
              .map(cells -> cells[0] + "/" + cells[1])
              .sorted()
              .toList();
    }
    JobRunner.Done done =
        Ingests.run(
            temp,
            "out",
            "source.format=lsun",
            "source.path=[\""
                + lsun.resolve("bedroom_train_lmdb")
                + "\", \""
                + lsun.resolve("kitchen_train_lmdb")
                + "\"]",
            "images.resize.shorter=128");
    Dataset dataset = Dataset.open(done.folder().toUri());
    assertThat(dataset.classNames()).containsExactly("bedroom", "kitchen");
    assertThat(dataset.classCounts().get("train")).containsExactly(515L, 541L);
    List<Picture> rows = Ingests.rows(done);
    assertThat(rows.stream().map(Picture::id).sorted()).isEqualTo(keys);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(Math.min(row.height(), row.width())).isEqualTo(128);
              assertThat(row.encoding()).isEqualTo(Encoding.RAW);
              assertThat(row.image()).hasSize(3 * row.height() * row.width());
            });
  }

  @Test
  void fashionMnistIsGreyAndComplete() throws Exception {
    Path source = RealData.path("fashion-mnist");
    JobRunner.Done done = Ingests.run(temp, "out", "source.format=idx", "source.path=" + source);
    Dataset dataset = Dataset.open(done.folder().toUri());
    assertThat(dataset.counts()).isEqualTo(new Counts(70_000, 70_000, 0, 3, 0));
    assertThat(dataset.classCounts().get("train")).containsOnly(6000L).hasSize(10);
    byte[] original;
    try (GZIPInputStream in =
        new GZIPInputStream(Files.newInputStream(source.resolve("t10k-images-idx3-ubyte.gz")))) {
      original = in.readAllBytes();
    }
    int seen = 0;
    for (Picture row : Ingests.rows(done)) {
      if (row.id().startsWith("t10k#")) {
        int at = 16 + 784 * Integer.parseInt(row.id().substring(5));
        assertThat(row.image()).isEqualTo(Arrays.copyOfRange(original, at, at + 784));
        assertThat(row.channels()).isEqualTo(1);
        seen++;
      }
    }
    assertThat(seen).isEqualTo(10_000);
  }

  @Test
  void fileNamesGiveClassesOfCatsAndDogs() throws Exception {
    Path source = RealData.path("dogscats");
    JobRunner.Done done =
        Ingests.run(
            temp,
            "out",
            "source.format=folder",
            "source.path=" + source,
            "source.labels.from-name=^(cat|dog)");
    Dataset dataset = Dataset.open(done.folder().toUri());
    assertThat(dataset.classNames()).containsExactly("cat", "dog");
    assertThat(dataset.classCounts().get("train")).containsExactly(170L, 170L);
    assertThat(dataset.images(Split.TEST)).isEqualTo(30);
    assertThat(Ingests.rows(done))
        .filteredOn(row -> row.id().startsWith("test1/"))
        .allMatch(row -> row.label() == -1);
  }

  @Test
  void unpairedSetsBecomeTwoClasses() throws Exception {
    Path source = RealData.path("lemon2orange");
    JobRunner.Done done = Ingests.run(temp, "out", "source.format=folder", "source.path=" + source);
    Dataset dataset = Dataset.open(done.folder().toUri());
    assertThat(dataset.classNames()).containsExactly("A", "B");
    assertThat(dataset.classCounts().get("train")).containsExactly(350L, 350L);
    assertThat(dataset.classCounts().get("test")).containsExactly(50L, 50L);
    assertThat(dataset.notes()).containsEntry("equal-pictures", 2L);
  }
}
