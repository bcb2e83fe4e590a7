package io.millrace.jobs.ingest;

import static io.millrace.jobs.testing.CifarFiles.RECORD;
import static io.millrace.jobs.testing.CifarFiles.gzip;
import static io.millrace.jobs.testing.CifarFiles.records;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.CifarFiles;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.Told;
import io.millrace.pipeline.CannotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10IngestTest {
  @TempDir Path temp;

  @Test
  void duckDbReadsTheSamePixels() throws Exception {
    byte[] batch = records(1200, 1);
    Path folder = Files.createDirectory(temp.resolve("cifar"));
    Files.write(folder.resolve("data_batch_1.bin"), batch);
    Files.write(folder.resolve("test_batch.bin"), records(50, 2));
    JobRunner.Done done = ingest(folder, "out", 1);

    Dataset dataset = Dataset.open(done.folder().toUri());
    assertThat(dataset.counts()).isEqualTo(new Counts(1250, 1250, 0, 0, 0));
    assertThat(dataset.images(Split.TRAIN)).isEqualTo(1200);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duck.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "select id, label, height, width, channels, encoding, image from read_parquet('"
                    + done.folder()
                    + "/split=train/*.parquet') order by cast(split_part(id, '#', 2) as int)")) {
      for (int i = 0; i < 1200; i++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("id")).isEqualTo("data_batch_1#" + i);
        assertThat(rows.getInt("label")).isEqualTo(batch[i * RECORD]);
        assertThat(rows.getInt("height")).isEqualTo(32);
        assertThat(rows.getInt("width")).isEqualTo(32);
        assertThat(rows.getInt("channels")).isEqualTo(3);
        assertThat(rows.getString("encoding")).isEqualTo("raw");
        assertThat(rows.getBlob("image").getBytes(1, 3072))
            .isEqualTo(Arrays.copyOfRange(batch, i * RECORD + 1, (i + 1) * RECORD));
      }
      assertThat(rows.next()).isFalse();
    }
    assertThat(done.files()).noneMatch(name -> name.contains(".crc"));
  }

  @Test
  void sameBytesForAnyNumberOfTasks() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("cifar"));
    Files.write(folder.resolve("data_batch_1.bin"), records(9000, 1));
    JobRunner.Done one = ingest(folder, "one", 0, "local[1]");
    JobRunner.Done four = ingest(folder, "four", 0, "local[4]");

    assertThat(one.files()).isEqualTo(four.files());
    assertThat(one.files().stream().filter(name -> name.endsWith(".parquet")))
        .hasSizeGreaterThan(1);
    for (String file : one.files()) {
      assertThat(one.folder().resolve(file)).hasSameBinaryContentAs(four.folder().resolve(file));
    }
    assertThat(one.result().digest()).isEqualTo(four.result().digest());
  }

  @Test
  void keepsClassesOfOneNameApartWithNotice() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("cifar"));
    Files.write(folder.resolve("data_batch_1.bin"), records(20, 1));
    Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\ncrane\nd\ne\nf\ng\ncrane\ni\nj\n");
    Told told = new Told();
    JobRunner.Done done =
        JobRunner.run(
            new IngestJob(),
            Ingests.parameters("source.format=cifar10", "source.path=" + folder),
            temp,
            "out",
            "local[1]",
            told);

    assertThat(told.notices())
        .contains(
            "2 classes have the same name 'crane': numbers 2, 7. They remain different classes.");
    assertThat(Dataset.open(done.folder().toUri()).classNames())
        .containsExactly("a", "b", "crane", "d", "e", "f", "g", "crane", "i", "j");
    assertThat(Ingests.rows(done)).extracting(Picture::label).contains(2, 7);
  }

  @Test
  void quarantinesInvalidLabelAndIncompleteLastRecord() throws Exception {
    byte[] batch = Arrays.copyOf(records(500, 3), 500 * RECORD + 1234);
    batch[7 * RECORD] = 10;
    Path file = temp.resolve("data_batch_1.bin");
    Files.write(file, batch);
    JobRunner.Done done = ingest(file, "out", 0.01);

    assertThat(Dataset.open(done.folder().toUri()).counts())
        .isEqualTo(new Counts(501, 499, 2, 0, 0));
    assertThat(Ingests.quarantine(done))
        .containsExactly(
            "data_batch_1#500 no whole record at the end of the file 1234",
            "data_batch_1#7 label over 9 3073");
  }

  @Test
  void failsOverMaxQuarantineAndSaysHowMuch() throws Exception {
    Path file = temp.resolve("data_batch_1.bin");
    Files.write(file, Arrays.copyOf(records(50, 3), 50 * RECORD + 1234));

    assertThatThrownBy(() -> ingest(file, "out", 0.01))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("1 of 51 records")
        .hasMessageContaining("(data_batch_1#50)")
        .hasMessageContaining("max-quarantine allows 1 %");
    assertThat(Dataset.open(ingest(file, "all", 1).folder().toUri()).counts())
        .isEqualTo(new Counts(51, 50, 1, 0, 0));
  }

  @Test
  void truncatedGzipGivesReadableRecordsAndOneReject() throws Exception {
    byte[] whole = gzip(records(300, 4));
    Path file = temp.resolve("data_batch_1.bin.gz");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    JobRunner.Done done = ingest(file, "out", 1);

    Counts counts = Dataset.open(done.folder().toUri()).counts();
    assertThat(counts.quarantined()).isEqualTo(1);
    assertThat(counts.out()).isBetween(100L, 200L);
    assertThat(Ingests.quarantine(done).get(0))
        .contains("the compressed or archived file ends early");
    assertThat(done.files()).noneMatch(name -> name.contains("_inflated"));
  }

  @Test
  void archiveGivesTheSameDatasetAsItsFolder() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("cifar-10-batches-bin"));
    Files.write(folder.resolve("data_batch_1.bin"), records(100, 5));
    Files.write(folder.resolve("test_batch.bin"), records(40, 6));
    Files.writeString(folder.resolve("readme.html"), "<html>");
    Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
    Path archive = temp.resolve("cifar-10-binary.tar.gz");
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name :
        List.of("batches.meta.txt", "data_batch_1.bin", "readme.html", "test_batch.bin")) {
      files.put(name, Files.readAllBytes(folder.resolve(name)));
    }
    Files.write(archive, gzip(CifarFiles.tar(files)));
    Dataset fromFolder = Dataset.open(ingest(folder, "a", 0).folder().toUri());
    Dataset fromArchive = Dataset.open(ingest(archive, "b", 0).folder().toUri());
    Dataset fromAbove = Dataset.open(ingest(temp, "c", 0).folder().toUri());

    assertThat(fromArchive.digest()).isEqualTo(fromFolder.digest());
    assertThat(fromAbove.digest()).isEqualTo(fromFolder.digest());
    assertThat(fromFolder.classNames().get(9)).isEqualTo("j");
    assertThat(fromFolder.counts()).isEqualTo(new Counts(140, 140, 0, 2, 0));
  }

  @Test
  void failsWithoutUsablePictures() throws Exception {
    Path empty = Files.createFile(temp.resolve("data_batch_1.bin"));
    assertThatThrownBy(() -> ingest(empty, "out", 1))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("none of its pictures can be used: empty file (data_batch_1#0)");
    Path folder = Files.createDirectory(temp.resolve("nothing"));
    assertThatThrownBy(() -> ingest(folder, "out2", 1))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("there is no picture in it");
    Path text = Files.writeString(temp.resolve("x.tar.gz"), "no archive");
    assertThatThrownBy(() -> ingest(text, "out3", 1))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("x.tar.gz: none of its pictures can be used: no gzip file");
  }

  @Test
  void countsOtherFilesBesideTheBatches() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("cifar"));
    Files.write(folder.resolve("data_batch_1.bin"), records(200, 1));
    Files.writeString(folder.resolve("notes.txt"), "hello");
    JobRunner.Done done = ingest(folder, "out", 0.01);

    assertThat(Dataset.open(done.folder().toUri()).counts())
        .isEqualTo(new Counts(201, 200, 1, 0, 0));
    assertThat(Ingests.quarantine(done).get(0)).startsWith("notes.txt not a CIFAR batch");
  }

  @Test
  void ingestsSyntheticPicturesWithoutSource() throws Exception {
    JobRunner.Done done =
        Ingests.run(
            temp, "painted", "source.format=synthetic", "source.train=50", "source.test=20");
    Dataset dataset = Dataset.open(done.folder().toUri());
    assertThat(dataset.counts().out()).isEqualTo(70);
    assertThat(dataset.classCounts().get("train")).containsOnly(5L);
    assertThat(dataset.classNames()).contains("disc", "ring");
  }

  @Test
  void fingerprintDependsOnTheSourcesContent() throws Exception {
    Path file = temp.resolve("data_batch_1.bin");
    Files.write(file, records(20, 1));
    String first = fingerprint(ingest(file, "one", 0));
    assertThat(first).hasSize(64).isEqualTo(fingerprint(ingest(file, "two", 0)));
    Files.write(file, records(21, 1));
    assertThat(fingerprint(ingest(file, "three", 0))).isNotEqualTo(first);
  }

  private static String fingerprint(JobRunner.Done done) {
    return Dataset.open(done.folder().toUri()).source().get("fingerprint");
  }

  @Test
  void bytesEqualGoldenDigestOfThisVersion() throws Exception {
    Path file = temp.resolve("data_batch_1.bin");
    Files.write(file, records(300, 1));
    assertThat(new IngestJob().version()).isEqualTo(4);
    assertThat(ingest(file, "out", 0).result().digest())
        .as("other bytes need a new version number of the job")
        .isEqualTo("876595ca9e90af9d0dd35f68d33243d064d644d08c9feb5f5501fcd26090daea");
  }

  private JobRunner.Done ingest(Path path, String name, double allowed) throws Exception {
    return ingest(path, name, allowed, "local[2]");
  }

  private JobRunner.Done ingest(Path path, String name, double allowed, String master)
      throws Exception {
    return Ingests.runOn(
        master,
        temp.resolve("results"),
        name,
        "source.format=cifar10",
        "source.path=" + path,
        "max-quarantine=" + allowed);
  }
}
