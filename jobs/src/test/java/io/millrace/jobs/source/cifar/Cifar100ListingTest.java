package io.millrace.jobs.source.cifar;

import static io.millrace.jobs.testing.CifarFiles.gzip;
import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.files;
import static io.millrace.jobs.testing.SmallSources.tar;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar100ListingTest {
  private static final int RECORD = 3074;

  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    root = Files.createDirectory(temp.resolve("cifar-100-binary"));
  }

  @Test
  void takesFineOrCoarseLabelsWithOfficialNames() throws Exception {
    // The first picture of the official train.bin: cattle, a large omnivore or herbivore.
    file(root.resolve("train.bin"), records(11, 19, 19, 99));
    file(root.resolve("test.bin"), records(0, 0));
    assertThat(told(list(root, "fine")))
        .containsExactly("train#0 TRAIN cattle", "train#1 TRAIN worm", "test#0 TEST apple");
    assertThat(told(list(root, "coarse")))
        .containsExactly(
            "train#0 TRAIN large_omnivores_and_herbivores",
            "train#1 TRAIN vehicles_2",
            "test#0 TEST aquatic_mammals");
  }

  @Test
  void officialNamesAreDistinctAndSorted() throws Exception {
    file(root.resolve("train.bin"), records(0, 0));
    for (String labels : List.of("fine", "coarse")) {
      List<String> names = list(root, labels).contents().classes().names();
      assertThat(names)
          .hasSize(labels.equals("fine") ? 100 : 20)
          .doesNotHaveDuplicates()
          .isSorted();
    }
  }

  @Test
  void readsEachNamesFileForItsOwnLabels() throws Exception {
    file(root.resolve("train.bin"), records(3, 42));
    file(root.resolve("fine_label_names.txt"), names("f", 100));
    file(root.resolve("coarse_label_names.txt"), names("c", 20));
    assertThat(told(list(root, "fine"))).containsExactly("train#0 TRAIN f42");
    assertThat(told(list(root, "coarse"))).containsExactly("train#0 TRAIN c3");
    assertThat(list(root, "coarse").ignored()).isEqualTo(2);
  }

  @Test
  void refusesNamesFileOfTheWrongLength() throws Exception {
    file(root.resolve("fine_label_names.txt"), names("f", 20));
    assertThatThrownBy(() -> list(root, "fine"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("fine_label_names.txt: it names 20 classes, cifar100 has 100");
  }

  @Test
  void archiveGivesThePixelsOfTheFile() throws Exception {
    byte[] records = records(1, 2, 3, 4, 5, 6);
    Path archive =
        file(
            temp.resolve("cifar-100-binary.tar.gz"),
            gzip(
                tar(
                    files(
                        "cifar-100-binary/coarse_label_names.txt", names("c", 20),
                        "cifar-100-binary/fine_label_names.txt", names("f", 100),
                        "cifar-100-binary/train.bin", records))));
    Ingests.Found found = list(archive, "fine");
    assertThat(told(found))
        .containsExactly("train#0 TRAIN f2", "train#1 TRAIN f4", "train#2 TRAIN f6");
    for (int i = 0; i < 3; i++) {
      Entry entry = found.entries().get(i);
      byte[] file = Files.readAllBytes(Path.of(entry.file()));
      int from = Math.toIntExact(entry.offset());
      assertThat(Arrays.copyOfRange(file, from, from + Math.toIntExact(entry.length())))
          .isEqualTo(Arrays.copyOfRange(records, i * RECORD + 2, (i + 1) * RECORD));
    }
  }

  @Test
  void rejectsLabelsOverTheirClassesOfTheChosenKindOnly() throws Exception {
    file(root.resolve("train.bin"), records(20, 1, 1, 100));
    assertThat(told(list(root, "fine"))).containsExactly("train#0 TRAIN aquarium_fish");
    assertThat(reasons(list(root, "fine"))).containsExactly("train#1 label over 99");
    assertThat(told(list(root, "coarse"))).containsExactly("train#1 TRAIN fish");
    assertThat(reasons(list(root, "coarse"))).containsExactly("train#0 label over 19");
  }

  @Test
  void countsIncompleteLastRecordOnce() throws Exception {
    // As many bytes as a whole record of CIFAR-10 has.
    file(root.resolve("train.bin"), Arrays.copyOf(records(1, 1, 2, 2), 2 * RECORD - 1));
    assertThat(list(root, "fine").entries()).hasSize(1);
    assertThat(reasons(list(root, "fine")))
        .containsExactly("train#1 no whole record at the end of the file");
  }

  private static byte[] records(int... coarseAndFine) {
    byte[] bytes = new byte[coarseAndFine.length / 2 * RECORD];
    new Random(bytes.length).nextBytes(bytes);
    for (int i = 0; i < coarseAndFine.length; i++) {
      bytes[i / 2 * RECORD + i % 2] = (byte) coarseAndFine[i];
    }
    return bytes;
  }

  private static byte[] names(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> prefix + i)
        .collect(Collectors.joining("\n"))
        .getBytes(UTF_8);
  }

  private Ingests.Found list(Path path, String labels) throws IOException {
    Source source =
        Ingests.parameters(
                "source.format=cifar100", "source.path=" + path, "source.labels=" + labels)
            .source();
    return Ingests.list(source, temp.resolve("inflated"));
  }

  private static List<String> told(Ingests.Found found) {
    List<String> names = found.contents().classes().names();
    return found.entries().stream()
        .map(it -> it.id() + " " + it.split() + " " + names.get(it.label()))
        .toList();
  }

  private static List<String> reasons(Ingests.Found found) {
    return found.rejects().stream().map(it -> it.id() + " " + it.reason()).toList();
  }
}
