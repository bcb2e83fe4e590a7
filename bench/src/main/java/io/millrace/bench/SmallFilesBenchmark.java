package io.millrace.bench;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.codec.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Very many small files to shards of their bytes, compared with Spark's binaryFile source. */
final class SmallFilesBenchmark implements Benchmark {
  private static final int FILES = 100_000;
  private static final int WARM_FILES = 5_000;
  private static final int A_FOLDER = 100;
  private static final int SIDE = 32;
  private static final double TARGET = 4;

  /**
   * Of the first copy of a record; each further copy has a quality lower by one, and so other
   * bytes.
   */
  private static final int QUALITY = 95;

  @Override
  public String name() {
    return "small-files";
  }

  @Override
  public String summary() {
    return "100,000 small JPEGs, decoded, to shards of their bytes; Spark's binaryFile, undecoded";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    int files = setting.scaled(FILES);
    setting.say().accept("making %,d small JPEGs".formatted(files));
    byte[] records = CifarRecords.once(setting);
    Path folder = made(records, setting.scratch().resolve("files"), files);
    Path warm = made(records, setting.scratch().resolve("warm"), setting.scaled(WARM_FILES));
    Turns turns =
        new ShardTurns(setting, warm, folder, files, 1)
            .besideSpark(IngestLoop.ORIGINAL, SparkLoop.BINARY);
    return List.of(
        Figure.atLeastOf(
            "%,d small JPEGs, 100 a folder, decoded to verify them, to shards of their bytes, warm, local[2]; reference: Spark's binaryFile to Parquet, not decoded"
                .formatted(files),
            turns.ours(),
            turns.reference(),
            "files/s",
            TARGET));
  }

  private static Path made(byte[] records, Path folder, int files) throws IOException {
    int there = records.length / CifarRecords.BYTES;
    for (int i = 0; i < files; i++) {
      Path within = folder.resolve("%04d".formatted(i / A_FOLDER));
      if (i % A_FOLDER == 0) {
        Files.createDirectories(within);
      }
      int from = i % there * CifarRecords.BYTES + 1;
      byte[] pixels = Arrays.copyOfRange(records, from, from + CifarRecords.PIXELS);
      byte[] jpeg = Encoder.jpeg(new Image(3, SIDE, SIDE, pixels), QUALITY - i / there);
      Files.write(within.resolve("%06d.jpg".formatted(i)), jpeg);
    }
    return folder;
  }
}
