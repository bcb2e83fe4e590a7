package io.millrace.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.codec.Encoder;
import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardWriter;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.transform.Chain;
import io.millrace.jobs.transform.Levels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTimesTest {
  private static final int IMAGES = 60;
  private static final int SIDE = 40;

  @TempDir Path folder;

  @Test
  void rawPixelsTakeNoDecodingTime() throws Exception {
    FeedTimes times = fed(Encoding.RAW);
    assertThat(times.read()).isPositive();
    assertThat(times.decode()).isZero();
    assertThat(times.augment()).isPositive();
    assertThat(times.waited()).isPositive();
  }

  @Test
  void encodedPicturesTakeDecodingTime() throws Exception {
    FeedTimes times = fed(Encoding.PNG);
    assertThat(times.read()).isPositive();
    assertThat(times.decode()).isPositive();
    assertThat(times.augment()).isPositive();
  }

  /** Two threads make them, and we wait for the first minibatch at least. */
  private FeedTimes fed(Encoding encoding) throws Exception {
    View view = View.whole(dataset(encoding), Split.TRAIN);
    Recipe recipe =
        new Recipe(
            view,
            new InputShape(3, SIDE, SIDE),
            new Normaliser(List.of(0.5, 0.5, 0.5), List.of(0.2, 0.2, 0.2)),
            Chain.NONE,
            Levels.UNKNOWN,
            new Shuffle.Full(),
            false,
            1,
            2);
    long start = System.nanoTime();
    FeedTimes times;
    try (Feed feed = Feed.training(recipe, 0, 0, IMAGES, 16)) {
      assertThat(feed.times()).isEqualTo(FeedTimes.NONE);
      while (feed.hasNext()) {
        feed.next();
      }
      times = feed.times();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(times.read() + times.decode() + times.augment()).isLessThanOrEqualTo(2 * seconds);
    assertThat(times.waited()).isLessThanOrEqualTo(seconds);
    return times;
  }

  private Dataset dataset(Encoding encoding) throws Exception {
    ShardEntry shard;
    try (ShardWriter writer = ShardWriter.create(folder.toUri(), Split.TRAIN, 0, List.of())) {
      for (int i = 0; i < IMAGES; i++) {
        byte[] pixels = new byte[3 * SIDE * SIDE];
        new Random(i).nextBytes(pixels);
        byte[] stored =
            encoding == Encoding.RAW ? pixels : Encoder.png(new Image(3, SIDE, SIDE, pixels));
        writer.write(new Picture("p" + i, i % 2, SIDE, SIDE, 3, encoding, stored));
      }
      shard = writer.finish();
    }
    return new Dataset(
        folder.toUri(),
        "none",
        List.of("a", "b"),
        new Counts(IMAGES, IMAGES, 0, 0, 0),
        Map.of(),
        Map.of(),
        List.of(shard));
  }
}
