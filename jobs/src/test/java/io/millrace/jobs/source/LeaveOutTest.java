package io.millrace.jobs.source;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.files;
import static io.millrace.jobs.testing.SmallSources.idxPictures;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static io.millrace.jobs.testing.SmallSources.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.testing.CifarFiles;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A path to leave out must be in the source: a misspelt one is reported. */
@Timeout(60)
class LeaveOutTest {
  private static final String FISH = "n01440764";
  private static final String SHARK = "n01484850";

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../b", "a/..", "", "./"})
  void refusesPathsOutsideTheSource(String path) {
    for (String format : List.of("folder", "imagenet", "cifar10", "cifar100", "idx", "lsun")) {
      assertThatThrownBy(() -> list(format, temp, path))
          .as(format)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("expected a path below the source, without ..");
    }
  }

  @Test
  void normalisesDotsAndSlashes() {
    assertThat(new LeaveOut(List.of("./a//b/./c/")).paths()).containsExactly("a/b/c");
  }

  @ParameterizedTest
  @CsvSource({FISH + ", 1", FISH + "/a.JPEG, 1", FISH + "/b.JPEG, 2"})
  void leavesOutFilesAndFoldersOfATarOrReportsThem(String path, int left) throws Exception {
    Path archive =
        file(
            temp.resolve("train.tar"),
            tar(files(FISH + "/a.JPEG", jpeg(1), SHARK + "/a.JPEG", jpeg(2))));
    if (left == 2) {
      misspelt("imagenet", archive, path);
    } else {
      Ingests.Found found = list("imagenet", archive, path);
      assertThat(found.entries()).extracting(Entry::id).containsExactly(SHARK + "/a.JPEG");
      assertThat(found.leftOut()).isEqualTo(1);
    }
  }

  @Test
  void leavesOutSynsetOfATarOfTarsOrReportsIt() throws Exception {
    byte[] fish = tar(files("a.JPEG", jpeg(1), "b.JPEG", jpeg(2)));
    byte[] shark = tar(files("a.JPEG", jpeg(3)));
    Path archive =
        file(temp.resolve("t.tar"), tar(files(FISH + ".tar", fish, SHARK + ".tar", shark)));
    Ingests.Found found = list("imagenet", archive, FISH);
    assertThat(found.entries()).extracting(Entry::id).containsExactly(SHARK + "/a.JPEG");
    assertThat(found.leftOut()).isEqualTo(2);
    misspelt("imagenet", archive, "n00000001");
  }

  @Test
  void leavesOutBatchOfAnArchiveOrReportsIt() throws Exception {
    byte[] batch = CifarFiles.records(2, 1);
    Path archive =
        file(
            temp.resolve("c.tar"),
            CifarFiles.tar(files("data_batch_1.bin", batch, "test_batch.bin", batch)));
    Ingests.Found found = list("cifar10", archive, "data_batch_1.bin");
    assertThat(found.entries()).hasSize(2);
    assertThat(found.leftOut()).isEqualTo(1);
    misspelt("cifar10", archive, "data_batch_7.bin");
  }

  @Test
  void refusesToLeaveOutPartsOfOneFile() throws Exception {
    misspelt("cifar10", file(temp.resolve("x.bin"), CifarFiles.records(2, 1)), "x");
    misspelt(
        "idx",
        file(temp.resolve("train-images-idx3-ubyte"), idxPictures(1, 2, 2, new byte[4])),
        "x");
  }

  private void misspelt(String format, Path place, String path) {
    assertThatThrownBy(() -> list(format, place, path))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(
            "Cannot leave out '" + path + "': there is no such file or folder in " + place);
  }

  private Ingests.Found list(String format, Path place, String path) throws IOException {
    return Ingests.list(
        Ingests.parameters(
                "source.format=" + format,
                "source.path=" + place,
                "source.leave-out=" + Recognition.list(List.of(path)))
            .source(),
        temp.resolve("inflated"));
  }
}
