package io.millrace.jobs.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardWriter;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsOfOddPicturesTest {
  @TempDir Path temp;

  @Test
  void weighsGreyPicturesBySize() throws Exception {
    Statistics statistics = stats(List.of(picture("a", 1, 1, 1, 255), picture("b", 1, 3, 1, 0)));
    assertThat(statistics.images()).isEqualTo(2);
    assertThat(statistics.mean()).containsExactly(0.25);
    assertThat(statistics.std().get(0)).isCloseTo(Math.sqrt(3) / 4, within(1e-15));
  }

  @Test
  void namesGreyPictureAmongColouredOnes() {
    assertThatThrownBy(
            () -> stats(List.of(picture("rgb", 3, 2, 2, 9), picture("gray#7", 1, 2, 2, 9))))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("gray#7 has 1 channels where others have 3");
  }

  @Test
  void findsGreyPictureInAnotherShard() {
    assertThatThrownBy(
            () ->
                statsOfShards(
                    List.of(
                        List.of(picture("rgb", 3, 2, 2, 9)), List.of(picture("gray", 1, 2, 2, 9)))))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("1 channels where others have 3");
  }

  @Test
  void namesPictureWhoseBytesDoNotFitItsShape() {
    Picture wrong = new Picture("short", 0, 2, 2, 3, Encoding.RAW, new byte[11]);
    assertThatThrownBy(() -> stats(List.of(wrong)))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("Cannot decode picture short: 11 bytes do not make a 3x2x2 image");
  }

  private Statistics stats(List<Picture> one) throws Exception {
    return statsOfShards(List.of(one));
  }

  private Statistics statsOfShards(List<List<Picture>> contents) throws Exception {
    Path folder = temp.resolve("shards");
    List<ShardEntry> shards = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      try (ShardWriter writer = ShardWriter.create(folder.toUri(), Split.TRAIN, i, List.of())) {
        for (Picture picture : contents.get(i)) {
          writer.write(picture);
        }
        shards.add(writer.finish());
      }
    }
    long images = contents.stream().mapToLong(List::size).sum();
    new Dataset(
            folder.toUri(),
            Dataset.digestOf(shards, List.of("one")),
            List.of("one"),
            new Counts(images, images, 0, 0, 0),
            Map.of(),
            Map.of(),
            shards)
        .write();
    StatsParameters parameters = new StatsParameters(new Location(folder.toString()), Split.TRAIN);
    return Statistics.open(
        JobRunner.run(new StatsJob(), parameters, temp, "stats").folder().toUri());
  }

  private static Picture picture(String id, int channels, int height, int width, int value) {
    byte[] pixels = new byte[channels * height * width];
    Arrays.fill(pixels, (byte) value);
    return new Picture(id, 0, height, width, channels, Encoding.RAW, pixels);
  }
}
