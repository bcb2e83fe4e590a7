package io.millrace.jobs.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table as it is packed. */
class FetchTableTest {
  private final Datasets datasets = Datasets.packed();

  @Test
  void cifar10IsBinaryVersionWithPublishedChecksum() {
    PublicDataset cifar10 = datasets.find("cifar10").orElseThrow();
    assertThat(cifar10.from().resolve(cifar10.files().get(0).name()))
        .hasToString("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz");
    assertThat(cifar10.files().get(0).md5()).contains("c32a1d4ab5d03f1284b67883e8d87530");
    assertThat(cifar10.bytes()).hasValue(170_052_171);
  }

  @ParameterizedTest
  @CsvSource({"cifar100, 1", "fashion-mnist, 4", "mnist, 4"})
  void everyFileHasLengthAndChecksum(String name, int files) {
    PublicDataset dataset = datasets.find(name).orElseThrow();
    assertThat(dataset.files())
        .hasSize(files)
        .allMatch(PublicFile::hasChecksum)
        .allMatch(file -> file.md5().orElse("").matches("[0-9a-f]{32}"))
        .allMatch(file -> file.bytes().isPresent());
    assertThat(dataset.from().toString()).endsWith("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bedroom",
        "bridge",
        "church_outdoor",
        "classroom",
        "conference_room",
        "dining_room",
        "kitchen",
        "living_room",
        "restaurant",
        "tower"
      })
  void lsunHasTwoSplitsOfEveryScene(String scene) {
    for (String split : List.of("train", "val")) {
      PublicDataset dataset = datasets.find("lsun:" + scene + "_" + split).orElseThrow();
      assertThat(dataset.from().resolve(dataset.files().get(0).name()))
          .hasToString("http://dl.yf.io/lsun/scenes/" + scene + "_" + split + "_lmdb.zip");
      assertThat(dataset.files())
          .containsExactly(
              new PublicFile(
                  scene + "_" + split + "_lmdb.zip",
                  OptionalLong.empty(),
                  Optional.empty(),
                  Optional.empty()));
    }
  }
}
