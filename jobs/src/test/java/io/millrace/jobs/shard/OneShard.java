package io.millrace.jobs.shard;

import io.millrace.jobs.image.Encoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Writes one shard of noise and prints its checksum; a JVM of its own can run it. */
final class OneShard {
  static final int ROWS = 40;
  private static final List<String> CLASSES = List.of("cat", "dog", "a: b", "é");
  private static final int SIDE = 32;
  private static final int CHANNELS = 3;

  private OneShard() {}

  public static void main(String[] args) throws IOException {
    System.out.println(write(Path.of(args[0]), ROWS).checksum());
  }

  static ShardEntry write(Path dataset, int rows) throws IOException {
    try (ShardWriter writer = ShardWriter.create(dataset.toUri(), Split.TRAIN, 0, CLASSES)) {
      for (int i = 0; i < rows; i++) {
        writer.write(picture(i));
      }
      return writer.finish();
    }
  }

  static Picture picture(int number) {
    byte[] pixels = new byte[CHANNELS * SIDE * SIDE];
    new Random(number).nextBytes(pixels);
    return new Picture("noise#" + number, number % 10, SIDE, SIDE, CHANNELS, Encoding.RAW, pixels);
  }
}
