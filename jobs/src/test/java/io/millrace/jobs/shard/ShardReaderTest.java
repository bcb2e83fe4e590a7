package io.millrace.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.image.Encoding;
import io.millrace.pipeline.CannotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardReaderTest {
  /** Enough noise for a second row group of 64 MB. */
  private static final int TWO_GROUPS = 23_000;

  @TempDir Path temp;

  @Test
  void readsRowGroupsInOrder() throws Exception {
    ShardEntry shard = OneShard.write(temp, TWO_GROUPS);
    assertThat(shard.rowGroups()).hasSizeGreaterThan(1);
    assertThat(shard.rowGroups().stream().mapToInt(Integer::intValue).sum()).isEqualTo(TWO_GROUPS);
    assertThat(shard.bytes()).isEqualTo(Files.size(temp.resolve(shard.path())));

    int next = 0;
    try (ShardReader reader = ShardReader.open(temp.toUri(), shard)) {
      for (int group = 0; group < shard.rowGroups().size(); group++) {
        List<Picture> pictures = reader.rowGroup(group);
        assertThat(pictures).hasSize(shard.rowGroups().get(group));
        assertThat(reader.ids(group)).isEqualTo(pictures.stream().map(Picture::id).toList());
        for (Picture picture : pictures) {
          Picture written = OneShard.picture(next++);
          assertThat(picture.id()).isEqualTo(written.id());
          assertThat(picture.label()).isEqualTo(written.label());
          assertThat(picture.image()).isEqualTo(written.image());
        }
      }
    }
    assertThat(next).isEqualTo(TWO_GROUPS);
  }

  @Test
  void twoAttemptsOfOneTaskLeaveOneCompleteShard() throws Exception {
    ShardEntry first;
    ShardEntry second;
    try (ShardWriter slow = writer();
        ShardWriter quick = writer();
        ShardWriter killed = writer()) {
      for (int i = 0; i < OneShard.ROWS; i++) {
        slow.write(OneShard.picture(i));
        quick.write(OneShard.picture(i));
      }
      killed.write(OneShard.picture(0));
      first = quick.finish();
      second = slow.finish();
    }
    ShardWriter.removeDrafts(temp.toUri());

    assertThat(second).isEqualTo(first);
    try (ShardReader reader = ShardReader.open(temp.toUri(), first)) {
      assertThat(reader.rowGroup(0)).hasSize(OneShard.ROWS);
    }
    try (Stream<Path> files = Files.walk(temp)) {
      assertThat(files.filter(Files::isRegularFile))
          .containsExactly(temp.resolve("split=train/part-00000.parquet"));
    }
  }

  @Test
  void readsEncodedBytesAndOddSizesBack() throws Exception {
    List<Picture> written =
        List.of(
            new Picture("é/ü.jpg", -1, 7, 5, 1, Encoding.JPEG, new byte[] {1}),
            new Picture("b", 3, 1, 2000, 3, Encoding.WEBP, new byte[300_000]),
            new Picture("c", 0, 2, 2, 1, Encoding.PNG, new byte[0]));
    ShardEntry shard;
    try (ShardWriter writer = ShardWriter.create(temp.toUri(), Split.VAL, 3, List.of())) {
      for (Picture picture : written) {
        writer.write(picture);
      }
      shard = writer.finish();
    }
    assertThat(shard.path()).isEqualTo("split=val/part-00003.parquet");
    try (ShardReader reader = ShardReader.open(temp.toUri(), shard)) {
      assertThat(reader.rowGroup(0)).usingRecursiveComparison().isEqualTo(written);
    }
  }

  @Test
  void readsManifestBack() throws Exception {
    ShardEntry shard = OneShard.write(temp, OneShard.ROWS);
    Dataset dataset = dataset(List.of(shard), List.of("ä", "b"));
    dataset.write();
    assertThat(Dataset.open(temp.toUri())).isEqualTo(dataset);
    assertThat(dataset.shards(Split.TRAIN)).containsExactly(shard);
    assertThat(dataset.images(Split.TEST)).isZero();
  }

  @Test
  void refusesFolderThatIsNoDataset() throws Exception {
    assertThatThrownBy(() -> Dataset.open(temp.toUri()))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("there is no _dataset.json in it");
    for (String text : List.of("", "{", "[]", "{\"schema-version\": 2}")) {
      Files.writeString(temp.resolve(Dataset.FILE), text);
      assertThatThrownBy(() -> Dataset.open(temp.toUri()))
          .as(text)
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith("Cannot open the dataset " + temp)
          .hasMessageContaining("can't be read");
    }
  }

  @Test
  void digestDependsOnChecksumsAndClasses() throws Exception {
    ShardEntry shard = OneShard.write(temp, OneShard.ROWS);
    String digest = Dataset.digestOf(List.of(shard), List.of("ab", "c"));
    assertThat(Dataset.digestOf(List.of(shard), List.of("a", "bc"))).isNotEqualTo(digest);
    assertThat(Dataset.digestOf(List.of(), List.of("ab", "c"))).isNotEqualTo(digest);
  }

  @Test
  void countsRefuseLostRecords() {
    assertThatThrownBy(() -> new Counts(10, 8, 1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("records were lost");
  }

  @Test
  void findsDamageAtAnyByte() throws Exception {
    List<Integer> places = new ArrayList<>(IntStream.of(0, 5, 5_000).boxed().toList());
    ShardEntry shard = OneShard.write(temp, OneShard.ROWS);
    Path file = temp.resolve(shard.path());
    byte[] whole = Files.readAllBytes(file);
    places.add(whole.length - 1);
    for (int place : places) {
      byte[] damaged = whole.clone();
      damaged[place] ^= 0x40;
      Files.write(file, damaged);
      assertThatThrownBy(() -> ShardReader.open(temp.toUri(), shard).close())
          .as("byte " + place)
          .isInstanceOf(CannotException.class)
          .hasMessageContaining(file + ": its checksum is not the one in _dataset.json");
    }
  }

  private ShardWriter writer() throws Exception {
    return ShardWriter.create(temp.toUri(), Split.TRAIN, 0, List.of());
  }

  private Dataset dataset(List<ShardEntry> shards, List<String> names) {
    return new Dataset(
        temp.toUri(),
        Dataset.digestOf(shards, names),
        names,
        new Counts(42, 40, 2, 1, 0),
        Map.of("train", List.of(20L, 20L)),
        Map.of("format", "test"),
        shards);
  }
}
