package io.millrace.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureLookupTest {
  /** Of 3 KB each: several pages of 1 MB. */
  private static final int ROWS = 2_000;

  @TempDir Path temp;

  @Test
  void findsPicturesOnAnyPage() throws Exception {
    Dataset dataset = dataset();
    int[] numbers = {0, 1, 339, 340, 341, 342, 343, 1_000, ROWS - 1};
    Set<String> ids = new HashSet<>(Set.of("nowhere"));
    for (int number : numbers) {
      ids.add(OneShard.picture(number).id());
    }
    Map<String, Picture> found = PictureLookup.byId(dataset, Split.TRAIN, ids);
    assertThat(found).hasSize(numbers.length);
    for (int number : numbers) {
      Picture written = OneShard.picture(number);
      Picture read = found.get(written.id());
      assertThat(read.label()).isEqualTo(written.label());
      assertThat(read.image()).isEqualTo(written.image());
    }
    assertThat(PictureLookup.byId(dataset, Split.TEST, ids)).isEmpty();
  }

  @Test
  void refusesMissingOrDamagedShard() throws Exception {
    Dataset dataset = dataset();
    Path shard = temp.resolve(dataset.shards().get(0).path());
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length - 6] ^= 0x55;
    Files.write(shard, bytes);
    assertThatThrownBy(() -> PictureLookup.byId(dataset, Split.TRAIN, Set.of("noise#1")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("part-00000.parquet");
    Files.delete(shard);
    assertThatThrownBy(() -> PictureLookup.byId(dataset, Split.TRAIN, Set.of("noise#1")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("part-00000.parquet");
  }

  private Dataset dataset() throws Exception {
    return new Dataset(
        temp.toUri(),
        "none",
        List.of("a"),
        new Counts(ROWS, ROWS, 0, 0, 0),
        Map.of(),
        Map.of(),
        List.of(OneShard.write(temp, ROWS)));
  }
}
