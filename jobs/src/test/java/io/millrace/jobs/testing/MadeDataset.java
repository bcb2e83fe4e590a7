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
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Real shards of pictures that a test makes up. */
public final class MadeDataset {
  private final List<String> classes;
  private final Map<Split, List<Picture>> pictures = new TreeMap<>();

  /** With these classes and nothing in it yet. */
  public MadeDataset(List<String> classes) {
    this.classes = classes;
  }

  /** Adds a picture. */
  public MadeDataset add(Split split, Picture picture) {
    pictures.computeIfAbsent(split, it -> new ArrayList<>()).add(picture);
    return this;
  }

  /** Adds so many pictures of noise to each class. */
  public MadeDataset addEach(Split split, int count, int side) {
    for (int i = 0; i < count * classes.size(); i++) {
      add(split, noise(split.text() + "#" + i, i % classes.size(), 3, side, side));
    }
    return this;
  }

  /** Noise, told by the id. */
  public static Picture noise(String id, int label, int channels, int height, int width) {
    byte[] pixels = new byte[channels * height * width];
    new Random(id.hashCode()).nextBytes(pixels);
    return new Picture(id, label, height, width, channels, Encoding.RAW, pixels);
  }

  /** One level everywhere. */
  public static Picture plain(String id, int label, int level, int side) {
    byte[] pixels = new byte[3 * side * side];
    Arrays.fill(pixels, (byte) level);
    return new Picture(id, label, side, side, 3, Encoding.RAW, pixels);
  }

  /** Writes it, a split in two shards where there is more than one picture. */
  public Dataset write(Path root) throws IOException {
    List<ShardEntry> shards = new ArrayList<>();
    Map<String, List<Long>> classCounts = new LinkedHashMap<>();
    long all = 0;
    for (Map.Entry<Split, List<Picture>> split : pictures.entrySet()) {
      List<Picture> rows = split.getValue();
      all += rows.size();
      int half = (rows.size() + 1) / 2;
      shards.add(shard(root, split.getKey(), 0, rows.subList(0, half)));
      if (half < rows.size()) {
        shards.add(shard(root, split.getKey(), 1, rows.subList(half, rows.size())));
      }
      classCounts.put(
          split.getKey().text(),
          IntStream.range(0, classes.size())
              .mapToObj(c -> rows.stream().filter(row -> row.label() == c).count())
              .toList());
    }
    shards.sort(Comparator.comparing(ShardEntry::path));
    Dataset dataset =
        new Dataset(
            root.toUri(),
            Dataset.digestOf(shards, classes),
            classes,
            new Counts(all, all, 0, 0, 0),
            classCounts,
            Map.of("format", "folder"),
            shards);
    dataset.write();
    return dataset;
  }

  private ShardEntry shard(Path root, Split split, int index, List<Picture> rows)
      throws IOException {
    try (ShardWriter writer = ShardWriter.create(root.toUri(), split, index, classes)) {
      for (Picture row : rows) {
        writer.write(row);
      }
      return writer.finish();
    }
  }
}
