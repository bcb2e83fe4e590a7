package io.millrace.jobs.source.idx;

import static io.millrace.jobs.testing.CifarFiles.gzip;
import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.idxLabels;
import static io.millrace.jobs.testing.SmallSources.idxPictures;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxListingTest {
  private static final String PICTURES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    root = Files.createDirectory(temp.resolve("given"));
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, train-labels-idx1-ubyte, train, TRAIN",
    "t10k-images.idx3-ubyte, t10k-labels.idx1-ubyte, t10k, TEST",
    "t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte, t10k, TEST",
    "emnist-letters-test-images-idx3-ubyte, emnist-letters-test-labels-idx1-ubyte.gz,"
        + " emnist-letters-test, TEST"
  })
  void findsPairsInAFolderAndByTheirPictures(
      String pictures, String labels, String name, String split) throws Exception {
    byte[] pixels = bytes(3 * 6);
    write(pictures, idxPictures(3, 2, 3, pixels));
    write(labels, idxLabels(3, 2, 0, 1));
    for (Path path : List.of(root, root.resolve(pictures))) {
      Ingests.Found found = list(path, "source.split=val");
      assertThat(told(found)).containsExactly(name + "#0 2", name + "#1 0", name + "#2 1");
      assertThat(found.entries()).extracting(e -> e.split().name()).containsOnly(split);
      assertThat(found.rejects()).isEmpty();
      assertThat(found.ignored()).as("the labels").isEqualTo(1);
      for (int i = 0; i < 3; i++) {
        Entry entry = found.entries().get(i);
        assertThat(content(entry)).isEqualTo(Arrays.copyOfRange(pixels, 6 * i, 6 * i + 6));
        assertThat(List.of(entry.channels(), entry.height(), entry.width()))
            .containsExactly(1, 2, 3);
      }
    }
  }

  @Test
  void pairWithoutSplitInItsNamesTakesTheConfiguredOne() throws Exception {
    write("images-idx3-ubyte", idxPictures(1, 1, 1, bytes(1)));
    write("labels-idx1-ubyte", idxLabels(1, 0));
    Ingests.Found found = list(root, "source.split=val");
    assertThat(found.entries()).extracting(e -> e.split().name()).containsExactly("VAL");
  }

  @Test
  void namesMissingLabels() throws Exception {
    write(PICTURES, idxPictures(1, 1, 1, bytes(1)));
    refused("the labels of train are not there; put the file train-labels-idx1-ubyte");
  }

  @Test
  void refusesLabelsThatAreNoIdxFile() throws Exception {
    write(PICTURES, idxPictures(1, 1, 1, bytes(1)));
    write(LABELS, new byte[20]);
    refused("train-labels-idx1-ubyte: no idx file");
  }

  @Test
  void rejectsPicturesWithoutLabels() throws Exception {
    write(PICTURES, idxPictures(3, 1, 1, bytes(3)));
    write(LABELS, idxLabels(1, 0));
    Ingests.Found found = list(root);
    assertThat(told(found)).containsExactly("train#0 0");
    assertThat(reasons(found))
        .containsExactly(
            "train#1 no label: the labels' file is shorter",
            "train#2 no label: the labels' file is shorter");
  }

  @Test
  void countsSurplusLabelsOnce() throws Exception {
    write(PICTURES, idxPictures(1, 1, 1, bytes(1)));
    write(LABELS, idxLabels(3, 0, 1, 2));
    Ingests.Found found = list(root);
    assertThat(told(found)).containsExactly("train#0 0");
    assertThat(reasons(found)).containsExactly("train#1 labels without pictures");
  }

  @ParameterizedTest
  @CsvSource({
    "10, 7, the file ends within a picture",
    "3, 8, bytes behind the last picture",
    "10, 6, the file ends early",
    "-1, 6, the file ends early"
  })
  void countsIncompleteLastPictureOnce(int claimed, int there, String why) throws Exception {
    int pictures = Math.min(3, there / 2);
    byte[] file = idxPictures(claimed, 1, 2, bytes(there));
    write(LABELS, idxLabels(10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    for (String name : List.of(PICTURES, PICTURES + ".gz")) {
      Path path = write(name, file);
      Ingests.Found found = list(root);
      assertThat(told(found)).hasSize(pictures);
      if (claimed == 3) {
        assertThat(reasons(found)).contains("train#3 " + why, "train#3 labels without pictures");
      } else {
        assertThat(reasons(found)).containsExactly("train#3 " + why);
      }
      Files.delete(path);
    }
  }

  @Test
  void countsTruncatedGzipOnce() throws Exception {
    byte[] whole = gzip(idxPictures(100, 10, 10, bytes(10_000)));
    file(root.resolve(PICTURES + ".gz"), Arrays.copyOf(whole, whole.length / 2));
    write(LABELS, idxLabels(100, new int[100]));
    Ingests.Found found = list(root);
    assertThat(found.entries().size()).isBetween(30, 60);
    assertThat(found.rejects()).hasSize(1);
  }

  @Test
  void truncatedLabelsRejectTheRemainingPictures() throws Exception {
    int[] labels = new Random(1).ints(2000, 0, 10).toArray();
    byte[] whole = gzip(idxLabels(2000, labels));
    file(root.resolve(LABELS + ".gz"), Arrays.copyOf(whole, whole.length / 2));
    write(PICTURES, idxPictures(2000, 1, 1, bytes(2000)));
    Ingests.Found found = list(root);
    assertThat(found.entries().size()).isBetween(100, 1900);
    assertThat(found.entries().size() + found.rejects().size()).isEqualTo(2000);
  }

  @Test
  void countsWrongChecksumOnce() throws Exception {
    byte[] bytes = gzip(idxPictures(2, 1, 1, bytes(2)));
    bytes[bytes.length - 6] ^= 1;
    file(root.resolve(PICTURES + ".gz"), bytes);
    write(LABELS, idxLabels(2, 0, 1));
    Ingests.Found found = list(root);
    assertThat(found.entries()).hasSize(2);
    assertThat(reasons(found))
        .containsExactly(PICTURES + ".gz the compressed or archived file is damaged");
  }

  @Test
  void rejectsEachFileThatIsNoIdxFile() throws Exception {
    write(PICTURES, idxPictures(1, 1, 1, bytes(1)));
    write(LABELS, idxLabels(1, 0));
    write("a-idx3-ubyte", new byte[0]);
    write("b-idx3-ubyte", idxPictures(1, 0, 5, bytes(5)));
    write("c-idx3-ubyte", idxPictures(1, 1 << 20, 1 << 20, bytes(5)));
    write("d-idx3-ubyte", idxPictures(1, -1, 5, bytes(5)));
    write("e-idx3-ubyte", Arrays.copyOf(idxPictures(1, 1, 1, bytes(1)), 12));
    file(root.resolve("f-idx3-ubyte.gz"), bytes(30));
    write("notes.txt", bytes(30));
    Ingests.Found found = list(root);
    assertThat(told(found)).containsExactly("train#0 0");
    assertThat(reasons(found))
        .containsExactly(
            "a-idx3-ubyte no idx file",
            "b-idx3-ubyte no idx file",
            "c-idx3-ubyte no idx file",
            "d-idx3-ubyte no idx file",
            "e-idx3-ubyte no idx file",
            "f-idx3-ubyte.gz no gzip file, whatever its name says");
    assertThat(found.ignored()).as("the labels and the notes").isEqualTo(2);
  }

  @Test
  void listsNothingOfEmptyPair() throws Exception {
    write(PICTURES, idxPictures(0, 28, 28, new byte[0]));
    write(LABELS, idxLabels(0));
    Ingests.Found found = list(root);
    assertThat(found.entries()).isEmpty();
    assertThat(found.rejects()).isEmpty();
    assertThat(found.contents().classes().names()).isEmpty();
  }

  @Test
  void hugeClaimedSizeTakesNoMemory() throws Exception {
    write(PICTURES, idxPictures(-1, 1 << 14, 1 << 14, bytes(100)));
    write(LABELS, idxLabels(-1, 3));
    Ingests.Found found = list(root);
    assertThat(found.entries()).isEmpty();
    assertThat(reasons(found)).containsExactly("train#0 the file ends within a picture");
  }

  @Test
  void classesAreNumbersUpToTheLargestOrGivenNames() throws Exception {
    write(PICTURES, idxPictures(3, 1, 1, bytes(3)));
    write(LABELS, idxLabels(3, 0, 12, 2));
    assertThat(list(root).contents().classes().names())
        .hasSize(13)
        .startsWith("0", "1")
        .endsWith("12");
    Ingests.Found named = list(root, "source.class-names=[\"zero\", \"one\", \"two\"]");
    assertThat(named.contents().classes().names()).containsExactly("zero", "one", "two");
    assertThat(told(named)).containsExactly("train#0 0", "train#2 2");
    assertThat(reasons(named)).containsExactly("train#1 label over 2");
  }

  @Test
  void keepsManyLabelsWithTheirPictures() throws Exception {
    int count = 200_000;
    int[] labels = new Random(5).ints(count, 0, 256).toArray();
    write(PICTURES, idxPictures(count, 1, 1, bytes(count)));
    write(LABELS, idxLabels(count, labels));
    List<Entry> entries = list(root).entries();
    assertThat(entries.stream().mapToInt(Entry::label).toArray()).isEqualTo(labels);
    assertThat(entries.get(count - 1).id()).isEqualTo("train#" + (count - 1));
    assertThat(entries.get(count - 1).offset()).isEqualTo(16L + count - 1);
  }

  @Test
  void refusesPlainAndGzippedCopyOfOneFile() throws Exception {
    write(PICTURES, idxPictures(1, 1, 1, bytes(1)));
    write(PICTURES + ".gz", idxPictures(1, 1, 1, bytes(1)));
    write(LABELS, idxLabels(1, 0));
    refused("two files are both train-images-idx3-ubyte (one of them gzipped?)");
  }

  private void refused(String why) {
    assertThatThrownBy(() -> list(root))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(why);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return file(root.resolve(name), name.endsWith(".gz") ? gzip(bytes) : bytes);
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private Ingests.Found list(Path path, String... more) throws IOException {
    List<String> pairs = new ArrayList<>(List.of("source.format=idx", "source.path=" + path));
    pairs.addAll(List.of(more));
    Source source = Ingests.parameters(pairs.toArray(String[]::new)).source();
    return Ingests.list(source, temp.resolve("inflated"));
  }

  private static List<String> told(Ingests.Found found) {
    return found.entries().stream().map(it -> it.id() + " " + it.label()).toList();
  }

  private static List<String> reasons(Ingests.Found found) {
    return found.rejects().stream().map(it -> it.id() + " " + it.reason()).toList();
  }

  private static byte[] content(Entry entry) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(entry.file()));
    int from = Math.toIntExact(entry.offset());
    return Arrays.copyOfRange(file, from, from + Math.toIntExact(entry.length()));
  }
}
