package io.millrace.jobs.source.cifar;

import static io.millrace.jobs.testing.CifarFiles.RECORD;
import static io.millrace.jobs.testing.CifarFiles.gzip;
import static io.millrace.jobs.testing.CifarFiles.records;
import static io.millrace.jobs.testing.CifarFiles.tar;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Cifar10ListingTest {
  private static final byte[] NAMES = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n".getBytes(UTF_8);

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(temp.resolve("given"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"c.tar", "c.tar.gz", "c.tgz", "C.TAR.GZ"})
  void readsArchivesOfEveryKind(String name) throws Exception {
    byte[] batch = records(5, 1);
    byte[] archive = tar(files("batches.meta.txt", NAMES, "data_batch_1.bin", batch));
    boolean plain = name.endsWith(".tar");
    Path path = Files.write(folder.resolve(name), plain ? archive : gzip(archive));
    Contents contents = open(path);

    assertThat(contents.classes().names()).endsWith("i", "j");
    assertThat(contents.rejects()).isEmpty();
    assertThat(contents.ignored().files()).isEqualTo(1);
    List<Entry> pictures = Ingests.list(cifar10(path, Optional.empty()), temp).entries();
    assertThat(pictures).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(pictures.get(i).id()).isEqualTo("data_batch_1#" + i);
      assertThat(bytes(pictures.get(i)))
          .isEqualTo(Arrays.copyOfRange(batch, i * RECORD + 1, (i + 1) * RECORD));
    }
  }

  @Test
  void reportsMissingBatchesUnlessOneFileIsGiven() throws Exception {
    for (String name : List.of("1", "2", "4", "5")) {
      Files.write(folder.resolve("data_batch_" + name + ".bin"), records(1, 1));
    }
    assertThat(open(Files.write(folder.resolve("test_batch.bin"), records(1, 1))).notices())
        .isEmpty();
    assertThat(open(folder).notices())
        .containsExactly("Of the 6 batches of cifar10 these are not there: data_batch_3.");
    Files.write(folder.resolve("data_batch_3.bin"), records(1, 1));
    assertThat(open(folder).notices()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "data_batch_1, TRAIN",
    "latest, TRAIN",
    "interval_3, TRAIN",
    "test_batch, TEST",
    "my-Test, TEST",
    "val_batch_2, VAL",
    "validation, VAL",
    "pictures, TRAIN"
  })
  void takesSplitFromTheBatchsName(String name, Split split) throws Exception {
    Path path = Files.write(folder.resolve(name + ".bin"), records(1, 1));
    assertThat(open(path).parts().get(0).split()).isEqualTo(split);
  }

  @Test
  void configuredSplitAppliesToBatchesWithoutOneInTheName() throws Exception {
    Path path = Files.write(folder.resolve("pictures.bin"), records(1, 1));
    Contents contents = cifar10(path, Optional.of(Split.VAL)).open(temp.resolve("x").toUri());
    assertThat(contents.parts().get(0).split()).isEqualTo(Split.VAL);
  }

  @Test
  void reportsArchiveTruncatedInAnotherFile() throws Exception {
    byte[] archive =
        tar(
            files(
                "data_batch_1.bin", records(3, 1),
                "readme.html", new byte[4000],
                "data_batch_2.bin", records(3, 2)));
    // 512 bytes of header, three records padded to 512, a header and a part of the readme.
    int cut = 512 + 18 * 512 + 512 + 1024 + 512;
    assertThat(3 * RECORD).isBetween(18 * 512, 19 * 512);
    Contents contents = open(Files.write(folder.resolve("c.tar"), Arrays.copyOf(archive, cut)));

    assertThat(entries(contents)).hasSize(3);
    assertThat(contents.rejects()).hasSize(1);
    assertThat(contents.rejects().get(0).id()).isEqualTo("readme.html");
    assertThat(contents.rejects().get(0).reason()).endsWith("ends early");
    assertThat(contents.ignored().files()).isZero();
  }

  @Test
  void countsEachUnusableContainerOnce() throws Exception {
    Files.write(folder.resolve("data_batch_1.bin"), records(3, 1));
    Files.createFile(folder.resolve("empty.bin"));
    Files.createFile(folder.resolve("empty.bin.gz"));
    Files.createFile(folder.resolve("empty.tar"));
    Files.writeString(folder.resolve("foreign.tar.gz"), "no archive at all");
    Contents contents = open(folder);

    assertThat(entries(contents)).hasSize(3);
    assertThat(contents.rejects())
        .extracting(reject -> reject.id() + ": " + reject.reason())
        .containsExactlyInAnyOrder(
            "empty#0: empty file",
            "empty.bin.gz: no gzip file, whatever its name says",
            "empty.tar: the archive holds no file",
            "foreign.tar.gz: no gzip file, whatever its name says");
  }

  @Test
  void keepsRecordsOfGzipWithWrongChecksumAndCountsIt() throws Exception {
    byte[] bytes = gzip(records(4, 1));
    bytes[bytes.length - 6] ^= 1;
    Contents contents = open(Files.write(folder.resolve("data_batch_1.bin.gz"), bytes));

    assertThat(entries(contents)).hasSize(4);
    assertThat(contents.rejects())
        .extracting(Reject::reason)
        .containsExactly("the compressed or archived file is damaged");
  }

  @Test
  void rejectsLabelsOverNine() throws Exception {
    byte[] batch = records(3, 1);
    batch[RECORD] = 10;
    batch[2 * RECORD] = (byte) 255;
    Contents contents = open(Files.write(folder.resolve("data_batch_1.bin"), batch));
    List<Reject> rejects = new ArrayList<>();

    Part part = contents.parts().get(0);
    assertThat(contents.parts()).containsExactly(part);
    rejects.addAll(Ingests.list(cifar10(folder, Optional.empty()), temp).rejects());
    assertThat(rejects).extracting(Reject::id).containsExactly("data_batch_1#1", "data_batch_1#2");
    assertThat(rejects).extracting(Reject::reason).containsOnly("label over 9");
  }

  @Test
  void rejectsBrokenLinksAndPipes() throws Exception {
    Files.write(folder.resolve("data_batch_1.bin"), records(2, 1));
    Files.createSymbolicLink(folder.resolve("data_batch_2.bin"), temp.resolve("nowhere"));
    Path pipe = folder.resolve("data_batch_3.bin");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Contents contents = open(folder);
    assertThat(entries(contents)).hasSize(2);
    assertThat(contents.rejects())
        .extracting(Reject::id)
        .containsExactly("data_batch_2.bin", "data_batch_3.bin");
  }

  @Test
  void refusesTwoBatchesOfOneName() throws Exception {
    Files.write(folder.resolve("data_batch_1.bin"), records(2, 1));
    Files.write(folder.resolve("data_batch_1.bin.gz"), gzip(records(2, 1)));
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("two batches are both called data_batch_1");
  }

  @Test
  void refusesNamesFileWithoutTenNames() throws Exception {
    Files.writeString(folder.resolve("batches.meta.txt"), "cat\ndog\n");
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("batches.meta.txt: it names 2 classes");
  }

  @Test
  void namesMissingPath() {
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> open(nowhere))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(nowhere + ": there is no such file or folder");
  }

  @Test
  void estimatesSpaceForUnpackedFilesAndShards() throws Exception {
    byte[] archive = tar(files("data_batch_1.bin", records(10, 1)));
    Path plain = Files.write(folder.resolve("c.tar"), archive);
    Path batch = Files.write(folder.resolve("b.bin"), records(10, 1));

    assertThat(cifar10(batch, Optional.empty()).estimatedBytes()).hasValue(10L * RECORD);
    assertThat(cifar10(plain, Optional.empty()).estimatedBytes()).hasValue(2L * archive.length);
  }

  private Contents open(Path path) throws IOException {
    return cifar10(path, Optional.empty()).open(temp.resolve("inflated").toUri());
  }

  private static Cifar10 cifar10(Path path, Optional<Split> split) {
    Location location = new Location(path.toString());
    return new Cifar10(location, split, List.of(), Optional.empty(), new Share(1), List.of());
  }

  private static List<Entry> entries(Contents contents) throws IOException {
    return Ingests.list(contents).entries();
  }

  private static byte[] bytes(Entry entry) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(entry.file()));
    int from = Math.toIntExact(entry.offset());
    return Arrays.copyOfRange(file, from, from + Math.toIntExact(entry.length()));
  }

  private static Map<String, byte[]> files(Object... namesAndBytes) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < namesAndBytes.length; i += 2) {
      files.put((String) namesAndBytes[i], (byte[]) namesAndBytes[i + 1]);
    }
    return files;
  }
}
