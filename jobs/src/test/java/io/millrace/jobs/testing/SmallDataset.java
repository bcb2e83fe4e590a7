package io.millrace.jobs.testing;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardWriter;
import io.millrace.jobs.shard.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Real shards of small noise images; a class shows as the level of one of ten bands of rows. */
public final class SmallDataset {
  private static final int CLASSES = 10;
  private static final int SIDE = 32;
  private static final int CHANNELS = 3;

  private SmallDataset() {}

  /** A train split of that many images in three shards. */
  public static Dataset write(Path root, int images) throws IOException {
    return write(root, images, CLASSES);
  }

  /** The same; labels run up to {@code labels}, which may be more than there are classes. */
  public static Dataset write(Path root, int images, int labels) throws IOException {
    List<String> names = IntStream.range(0, CLASSES).mapToObj(c -> "class" + c).toList();
    List<ShardEntry> shards = new ArrayList<>();
    for (int shard = 0; shard < 3; shard++) {
      try (ShardWriter writer = ShardWriter.create(root.toUri(), Split.TRAIN, shard, names)) {
        for (int i = shard * images / 3; i < (shard + 1) * images / 3; i++) {
          writer.write(picture(i, labels));
        }
        shards.add(writer.finish());
      }
    }
    Dataset dataset =
        new Dataset(
            root.toUri(),
            Dataset.digestOf(shards, names),
            names,
            new Counts(images, images, 0, 0, 0),
            Map.of(),
            Map.of(),
            shards);
    dataset.write();
    return dataset;
  }

  private static Picture picture(int number, int labels) {
    SplittableRandom random = new SplittableRandom(number);
    int label = random.nextInt(labels);
    byte[] pixels = new byte[CHANNELS * SIDE * SIDE];
    random.nextBytes(pixels);
    for (int c = 0; c < CHANNELS; c++) {
      for (int i = 0; i < CHANNELS * SIDE; i++) {
        pixels[(c * SIDE + label % CLASSES * CHANNELS) * SIDE + i] = (byte) 250;
      }
    }
    String id = "small#" + number;
    return new Picture(id, label, SIDE, SIDE, CHANNELS, Encoding.RAW, pixels);
  }
}
