package io.millrace.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.RealData;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LsunNamesTest {
  @TempDir Path temp;

  @Test
  void aFolderOfFoldersGivesEveryCategoryAndSplit() throws Exception {
    Ingests.Found found = list(RealData.path("lsun-bedroom"));
    assertThat(found.contents().classes().names())
        .containsExactly("bedroom", "kitchen", "living_room");
    assertThat(found.entries()).hasSize(515 + 88 + 541 + 63 + 187 + 29);
    assertThat(found.entries()).filteredOn(entry -> entry.split() == Split.VAL).hasSize(180);
    assertThat(found.ignored()).isEqualTo(1);
  }

  @Test
  void anyOtherNameIsATrainingCategory() throws Exception {
    Path real = RealData.path("lsun-bedroom/living_room_val_lmdb/data.mdb");
    Path folder = Files.createDirectory(temp.resolve("attic_lmdb"));
    Files.copy(real, folder.resolve("data.mdb"));
    Files.createFile(folder.resolve("lock.mdb"));
    Ingests.Found found = list(folder);
    assertThat(found.contents().classes().names()).containsExactly("attic");
    assertThat(found.entries())
        .hasSize(29)
        .allMatch(entry -> entry.split() == Split.TRAIN && entry.id().startsWith("attic_lmdb/"));
    assertThat(found.ignored()).isEqualTo(1);
    try (var files = Files.list(folder)) {
      assertThat(files).as("it is opened without a lock").hasSize(2);
    }
  }

  @Test
  void aTruncatedOrForeignFileIsASentence() throws Exception {
    byte[] real = Files.readAllBytes(RealData.path("lsun-bedroom/living_room_val_lmdb/data.mdb"));
    Path folder = Files.createDirectory(temp.resolve("cut_train_lmdb"));
    Files.write(folder.resolve("data.mdb"), Arrays.copyOf(real, real.length - 4096));
    assertThatThrownBy(() -> list(folder))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("shorter")
        .hasMessageContaining("fetch or copy it again");
    Files.writeString(folder.resolve("data.mdb"), "no database".repeat(1000));
    assertThatThrownBy(() -> list(folder))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("no LMDB data file");
  }

  private Ingests.Found list(Path path) throws IOException {
    Lsun source =
        new Lsun(
            List.of(new Location(path.toString())),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            new Share(1));
    return Ingests.list(source, temp.resolve("inflated"));
  }
}
