package io.millrace.jobs.source.cifar;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.files;
import static io.millrace.jobs.testing.SmallSources.tar;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.testing.CifarFiles;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * CIFAR's version for Python gives what the binary version gives. The pickles were made by Python 2
 * and 3 with NumPy; {@code pickles.py} beside them tells how.
 */
@Timeout(60)
class CifarPickleTest {
  private static final int COUNT = 3;
  private static final int PIXELS = 3072;

  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    root = Files.createDirectory(temp.resolve("given"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"python2-batch", "batch-2", "batch-3", "batch-4", "batch-5", "planes"})
  void batchGivesPixelsLabelsAndIdsOfTheBinaryVersion(String name) throws Exception {
    Path binary = temp.resolve("binary");
    file(binary.resolve("data_batch_1.bin"), records(1, new int[][] {{3, 0, 9}}));
    file(root.resolve("data_batch_1"), pickle(name));
    assertThat(told(list("cifar10", root))).isEqualTo(told(list("cifar10", binary)));
  }

  @ParameterizedTest
  @CsvSource({"fine, 1", "coarse, 0"})
  void cifar100LabelsEqualThoseOfTheBinaryVersion(String labels, int at) throws Exception {
    Path binary = temp.resolve("binary");
    file(binary.resolve("test.bin"), records(2, new int[][] {{11, 0, 19}, {70, 0, 99}}));
    file(root.resolve("test"), pickle("hundred"));
    List<String> told = told(list("cifar100", root, "source.labels=" + labels));
    assertThat(told).isEqualTo(told(list("cifar100", binary, "source.labels=" + labels)));
    assertThat(told.get(2)).startsWith("test#2 TEST " + (at == 1 ? 99 : 19) + " ");
  }

  @Test
  void recognisesArchiveAndReadsItsNames() throws Exception {
    Path archive =
        file(
            root.resolve("cifar-10-python.tar.gz"),
            CifarFiles.gzip(
                tar(
                    files(
                        "cifar-10-batches-py/batches.meta", pickle("python2-meta"),
                        "cifar-10-batches-py/data_batch_1", pickle("python2-batch"),
                        "cifar-10-batches-py/readme.html", new byte[3],
                        "cifar-10-batches-py/test_batch", pickle("batch-4")))));
    assertThat(recognised(archive)).isEqualTo("cifar10: CIFAR-10: its archive for Python");
    Ingests.Found found = list("cifar10", archive);
    assertThat(found.entries()).hasSize(2 * COUNT);
    assertThat(found.rejects()).isEmpty();
    assertThat(found.contents().classes().names()).startsWith("a", "b").hasSize(10);
    assertThat(found.contents().notices())
        .containsExactly(
            "Of the 6 batches of cifar10 these are not there: data_batch_2, data_batch_3,"
                + " data_batch_4, data_batch_5.");
  }

  @Test
  void recognisesUnpackedFolders() throws Exception {
    file(root.resolve("ten/cifar-10-batches-py/data_batch_1"), pickle("python2-batch"));
    file(root.resolve("hundred/cifar-100-python/train"), pickle("hundred"));
    file(root.resolve("hundred/cifar-100-python/file.txt~"), new byte[] {'x'});
    assertThat(recognised(root.resolve("ten"))).startsWith("cifar10: ");
    assertThat(recognised(root.resolve("hundred"))).startsWith("cifar100: ");
    assertThat(list("cifar100", root.resolve("hundred")).entries()).hasSize(COUNT);
  }

  @Test
  void refusesCifar100AsCifar10() throws Exception {
    file(root.resolve("train"), pickle("hundred"));
    refused(
        "cifar10",
        "it has no list 'labels', as format = cifar10 takes it; it has [coarse_labels, data,"
            + " filenames, fine_labels]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "columns | its arrays are in the order of Fortran",
        "floats | its arrays are of the type f4",
        "pixels-last | its data has the shape [3, 32, 32, 3], expected [3, 3072] for 3 labels"
      })
  void refusesArraysOfOtherTypesAndShapes(String name, String why) throws Exception {
    file(root.resolve("data_batch_1"), pickle(name));
    refused("cifar10", "data_batch_1: " + why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"python2-batch", "batch-2", "batch-3", "batch-4", "batch-5"})
  void refusesTruncatedPickleAtAnyLength(String name) throws Exception {
    byte[] whole = pickle(name);
    for (int length = 3; length < whole.length; length += whole.length / 23) {
      file(root.resolve("data_batch_1"), Arrays.copyOf(whole, length));
      refused("cifar10", "data_batch_1: it ends early");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0080\u0002cos\nsystem\nX\u0005\0\0\0touch\u0085R.",
        "\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093\u008c\u0005touch\u0085R.",
        "\u0080\u0002c__builtin__\neval\nX\u0001\0\0\0x\u0085R.",
        "\u0080\u0002(i__builtin__\neval\n.",
        "\u0080\u0002cnumpy.core.multiarray\nscalar\n)R."
      })
  void refusesPicklesThatCallFunctions(String pickle) throws Exception {
    file(root.resolve("data_batch_1"), pickle.getBytes(ISO_8859_1));
    refused(
        "cifar10",
        pickle.contains("(i")
            ? "belongs to neither a plain value nor an array"
            : pickle.contains("eval")
                ? "it calls __builtin__.eval, which no plain array needs; it was not run"
                : "which no plain array needs; it was not run");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0080\u0002.",
        "\u0080\u0002]]}.",
        "\u0080\u0002)K\u0001a.",
        "\u0080\u0002h\u0007.",
        "\u0080\u0002}(K\u0001u.",
        "\u0080\u0002}}K\u0001s.",
        "\u0080\u0002e.",
        "\u0080\u0002T\u00ff\u00ff\u00ff\u00ff.",
        "\u0080\u0005\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.",
        "\u0080\u0002X\u00ff\u00ff\u00ff\u007f.",
        "\u0080\u0002I1x\n.",
        "\u0080\u0002K\u0001b.",
        "\u0080\u0002cnumpy\ndtype\n)R.",
        "\u0080\u0002cnumpy\nndarray\n)R.",
        "\u0080\u0002}U\u0004dataK\u0001s.",
        "\u0080\u0002]."
      })
  void refusesDamagedPickleInOneSentence(String pickle) throws Exception {
    file(root.resolve("data_batch_1"), pickle.getBytes(ISO_8859_1));
    refused("cifar10", "Cannot read " + root.resolve("data_batch_1") + ": it");
  }

  @Test
  void refusesPickleWithTooManyValues() throws Exception {
    for (String opcode : List.of("(", "}", "2", "\u0094")) {
      file(
          root.resolve("data_batch_1"),
          ("\u0080\u0004N" + opcode.repeat(1_100_000)).getBytes(ISO_8859_1));
      refused("cifar10", "it holds more values than a list of pictures or a network has");
    }
  }

  private void refused(String format, String why) {
    assertThatThrownBy(() -> list(format, root))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(why);
  }

  private static String recognised(Path place) throws IOException {
    Recognition recognition = Recognition.of(URI.create("file://" + place)).orElseThrow();
    return recognition.format() + ": " + recognition.found();
  }

  private Ingests.Found list(String format, Path path, String... more) throws IOException {
    List<String> keys = new ArrayList<>(List.of("source.format=" + format, "source.path=" + path));
    keys.addAll(List.of(more));
    return Ingests.list(
        Ingests.parameters(keys.toArray(String[]::new)).source(), temp.resolve("inflated"));
  }

  /** Id, split, label and a digest of the pixels of each picture. */
  private static List<String> told(Ingests.Found found) throws IOException {
    List<String> told = new ArrayList<>();
    for (Entry entry : found.entries()) {
      byte[] all = Files.readAllBytes(Path.of(entry.file()));
      int from = (int) entry.offset();
      byte[] pixels = Arrays.copyOfRange(all, from, from + (int) entry.length());
      told.add(
          "%s %s %d %dx%dx%d %d"
              .formatted(
                  entry.id(),
                  entry.split(),
                  entry.label(),
                  entry.channels(),
                  entry.height(),
                  entry.width(),
                  Arrays.hashCode(pixels)));
    }
    return told;
  }

  /** The pictures of the pickles as the binary version has them. */
  private static byte[] records(int labelBytes, int[][] labels) {
    byte[] bytes = new byte[COUNT * (labelBytes + PIXELS)];
    for (int i = 0; i < COUNT; i++) {
      int at = i * (labelBytes + PIXELS);
      for (int label = 0; label < labelBytes; label++) {
        bytes[at + label] = (byte) labels[label][i];
      }
      for (int p = 0; p < PIXELS; p++) {
        bytes[at + labelBytes + p] = (byte) (i * 7 + p * 13 + p / 256);
      }
    }
    return bytes;
  }

  private static byte[] pickle(String name) throws IOException {
    try (InputStream in = CifarPickleTest.class.getResourceAsStream(name + ".pickle.gz");
        GZIPInputStream bytes = new GZIPInputStream(in)) {
      return bytes.readAllBytes();
    }
  }
}
