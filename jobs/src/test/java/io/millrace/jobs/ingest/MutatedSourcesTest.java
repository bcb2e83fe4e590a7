package io.millrace.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.image.Mutations;
import io.millrace.jobs.image.SmallPictures;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.jobs.testing.RealData;
import io.millrace.pipeline.CannotException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole ingests of damaged sources: every record becomes a row or is quarantined, or the ingest
 * fails with one sentence.
 */
class MutatedSourcesTest {
  @TempDir Path temp;

  @Test
  void countsEveryMutatedPictureOfAFolder() throws Exception {
    List<byte[]> files = pictures();
    Path folder = Files.createDirectories(temp.resolve("in/some"));
    int count = 300;
    for (int i = 0; i < count; i++) {
      Files.write(folder.resolve(i + ".jpg"), Mutations.of(files, new Random(i)));
    }
    JobRunner.Done done =
        Ingests.run(
            temp,
            "out",
            "source.format=folder",
            "source.path=" + folder.getParent(),
            "images.max-pixels=4000000",
            "max-quarantine=100%");
    Counts counts = balanced(done);
    assertThat(counts.in()).isEqualTo(count);
    assertThat(counts.out()).isBetween(10L, count - 10L);
  }

  @Test
  void mutatedTarsGiveRowsOrOneSentence() throws Exception {
    List<byte[]> files = pictures();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (int i = 0; i < 3; i++) {
        ByteArrayOutputStream synset = new ByteArrayOutputStream();
        try (TarArchiveOutputStream inner = new TarArchiveOutputStream(synset)) {
          for (int k = 0; k < 12; k++) {
            put(inner, "n0000000" + i + "_" + k + ".JPEG", files.get(i * 12 + k));
          }
        }
        put(tar, "n0000000" + i + ".tar", synset.toByteArray());
      }
    }
    List<String> ends = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      byte[] damaged = Mutations.of(List.of(bytes.toByteArray()), new Random(100 + i));
      Path folder = Files.createDirectories(temp.resolve("tar" + i));
      Files.write(folder.resolve("ILSVRC2012_img_train.tar"), damaged);
      ends.add(end("tar-" + i, "source.format=imagenet", "source.path=" + folder));
    }
    assertThat(ends).contains("rows");
  }

  @Test
  void mutatedIdxFilesGiveRowsOrOneSentence() throws Exception {
    List<String> ends = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      ByteBuffer images = ByteBuffer.allocate(16 + 10 * 64);
      images.putInt(0x803).putInt(10).putInt(8).putInt(8);
      ByteBuffer labels = ByteBuffer.allocate(18).putInt(0x801).putInt(10);
      Path folder = Files.createDirectories(temp.resolve("idx" + i));
      Random random = new Random(200 + i);
      byte[] first = images.array();
      byte[] second = labels.array();
      if (i % 2 == 0) {
        first = Mutations.of(List.of(first), random);
      } else {
        second = Mutations.of(List.of(second), random);
      }
      Files.write(folder.resolve("train-images-idx3-ubyte"), first);
      Files.write(folder.resolve("train-labels-idx1-ubyte"), second);
      ends.add(end("idx-" + i, "source.format=idx", "source.path=" + folder));
    }
    assertThat(ends).contains("rows");
  }

  @Test
  void mutatedLmdbFilesGiveRowsOrOneSentence() throws Exception {
    Path real = RealData.path("lsun-bedroom/bedroom_val_lmdb/data.mdb");
    byte[] whole = Files.readAllBytes(real);
    List<String> ends = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      byte[] damaged = whole.clone();
      Random random = new Random(300 + i);
      if (i % 2 == 0) {
        // Pages that lead to others hold the numbers that can lead astray.
        for (int k = 0; k < 40; k++) {
          int page = 4096 * random.nextInt(whole.length / 4096);
          damaged[page + random.nextInt(64)] = (byte) random.nextInt();
        }
      } else {
        damaged = Mutations.of(List.of(whole), random);
      }
      Path folder = Files.createDirectories(temp.resolve("lmdb" + i + "/bedroom_val_lmdb"));
      Files.write(folder.resolve("data.mdb"), damaged);
      ends.add(end("lmdb-" + i, "source.format=lsun", "source.path=[\"" + folder + "\"]"));
    }
    assertThat(ends).hasSize(8);
  }

  private String end(String name, String... source) throws Exception {
    try {
      balanced(
          Ingests.run(
              temp,
              name,
              source[0],
              source[1],
              "images.max-pixels=4000000",
              "max-quarantine=100%"));
      return "rows";
    } catch (CannotException e) {
      assertThat(e.getMessage()).startsWith("Cannot ").hasSizeLessThan(2000);
      return "one sentence";
    }
  }

  /** Every record is accounted for, and every row can be decoded. */
  private static Counts balanced(JobRunner.Done done) throws Exception {
    Counts counts = Dataset.open(done.folder().toUri()).counts();
    assertThat(counts.in()).isEqualTo(counts.out() + counts.quarantined());
    List<Picture> rows = Ingests.rows(done);
    assertThat(rows).hasSize((int) counts.out());
    rows.forEach(row -> assertThat(row.decoded().channels()).isEqualTo(row.channels()));
    assertThat(Ingests.quarantine(done)).hasSize((int) counts.quarantined());
    return counts;
  }

  private List<byte[]> pictures() throws Exception {
    Map<String, byte[]> all = SmallPictures.all(temp);
    return List.copyOf(all.values());
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] bytes) throws Exception {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(bytes.length);
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }
}
