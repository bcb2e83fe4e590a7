package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of JPEGs to shards of 64x64 pictures, compared with Spark's image source and Pillow. */
final class FolderBenchmark implements Benchmark {
  private static final int FILES = 5_000;
  private static final int ROUNDS = 2;
  private static final double SPARK_TARGET = 6;
  private static final double PILLOW_TARGET = 1.4;

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public String summary() {
    return "5,000 JPEGs to shards of 64x64, warm; Spark's image source (own sizes), Pillow in 2 processes";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    Python.require(name(), "PIL", "python3-pil");
    Path folder = setting.scratch().resolve("folder");
    int files = copied(setting, folder, setting.scaled(FILES));
    ShardTurns turns = new ShardTurns(setting, folder, folder, files, ROUNDS);
    setting
        .say()
        .accept("compared with Spark's image source, which stores pixels at the pictures' sizes");
    Turns spark = turns.besideSpark(IngestLoop.RESIZED, SparkLoop.IMAGE);
    setting.say().accept("compared with Pillow, which stores the same pixels as ours");
    Turns pillow = turns.besidePillow();
    String ours =
        "%,d JPEGs to shards of 64x64 raw pixels, warm, local[2]; reference: ".formatted(files);
    return List.of(
        Figure.atLeastOf(
            ours + "Spark's image source, which stores them unresized, in Parquet",
            spark.ours(),
            spark.reference(),
            "files/s",
            SPARK_TARGET),
        Figure.atLeastOf(
            ours + "Pillow BILINEAR in 2 processes, tars of the same pixels",
            pillow.ours(),
            pillow.reference(),
            "files/s",
            PILLOW_TARGET));
  }

  /** Copies evenly chosen pictures as class/copy-name, each as often as it takes. */
  private static int copied(Setting setting, Path folder, int wanted) throws IOException {
    List<Path> all =
        Pictures.jpegs(setting, "folder", "imagenet-mini/train", "imagenet-mini/fullsize");
    for (int i = 0; i < wanted; i++) {
      // Evenly spaced, so that a few are as mixed as all.
      Path file =
          wanted < all.size()
              ? all.get((int) ((long) i * all.size() / wanted))
              : all.get(i % all.size());
      Path to = Files.createDirectories(folder.resolve(file.getParent().getFileName()));
      Files.copy(file, to.resolve("%d-%s".formatted(i, file.getFileName())));
    }
    return wanted;
  }
}
