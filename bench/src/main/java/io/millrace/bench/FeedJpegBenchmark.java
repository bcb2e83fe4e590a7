package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Shards of JPEGs to minibatches of random crops, two feeds at once, compared with torch's
 * DataLoader with two processes over the same files. Decoded pixels are not kept.
 */
final class FeedJpegBenchmark implements Benchmark {
  private static final int FILES = 1_500;
  private static final double TARGET = 1.7;
  private static final int REFERENCE_WARM = 1;
  private static final int REFERENCE_WARM_SECONDS = 5;
  private static final int REFERENCE_TIMED = 3;

  @Override
  public String name() {
    return "feed-jpeg";
  }

  @Override
  public String summary() {
    return "shards of 1,500 JPEGs to random resized crops of 224, 2 threads; torch's DataLoader";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    Python.require(
        name(),
        "numpy, PIL, torch, torchvision",
        "python3-numpy, python3-pil, python3-torch and python3-torchvision");
    return List.of(
        taken(setting, "imagenet-mini/fullsize", "of their own sizes"),
        taken(setting, "imagenet-mini/train", "of 224x224"));
  }

  private Figure taken(Setting setting, String pictures, String sizes)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(setting.scratch(), "jpeg-");
    Path folder = work.resolve("folder");
    int files = copied(setting, pictures, folder);
    Path shards = work.resolve("shards");
    setting.say().accept("making shards of %,d JPEGs %s".formatted(files, sizes));
    Millrace.run(setting, "ingest", "--format=folder", "--path=" + folder, "--output=" + shards);
    String script = "torchvision_folder_feed.py";
    String[] theirs = new String[1];
    Turns turns =
        Turns.taken(
            setting,
            "images/s",
            run -> {
              Child ours =
                  Java.run(
                      setting,
                      List.of(),
                      Map.of(),
                      FeedLoop.class,
                      FeedLoop.JPEG,
                      shards,
                      files,
                      work);
              Moments.requireAlike(ours.words().get(0), theirs[0], script);
              return ours.figure();
            },
            run -> {
              Child reference =
                  Python.run(
                      setting,
                      script,
                      folder,
                      Augmentation.written(Augmentation.MEAN),
                      Augmentation.written(Augmentation.STD),
                      Augmentation.CROP,
                      FeedLoop.JPEG_BATCH,
                      FeedLoop.USERS,
                      REFERENCE_WARM,
                      REFERENCE_WARM_SECONDS,
                      REFERENCE_TIMED);
              theirs[0] = reference.words().get(0);
              return reference.figure();
            });
    return Figure.atLeastOf(
        "%,d JPEGs %s from shards to minibatches of %d: random resized crop %d, flip, normalise, 2 threads; reference: torch's DataLoader with 2 workers over ImageFolder"
            .formatted(files, sizes, FeedLoop.JPEG_BATCH, Augmentation.CROP),
        turns.ours(),
        turns.reference(),
        "images/s",
        TARGET);
  }

  private int copied(Setting setting, String pictures, Path folder) throws IOException {
    List<Path> all = Pictures.uprightJpegs(setting, name(), pictures);
    int wanted = setting.scaled(FILES);
    for (int i = 0; i < wanted; i++) {
      Path file = all.get(i % all.size());
      Path to = Files.createDirectories(folder.resolve(file.getParent().getFileName()));
      Files.copy(file, to.resolve("%d-%s".formatted(i, file.getFileName())));
    }
    return wanted;
  }
}
