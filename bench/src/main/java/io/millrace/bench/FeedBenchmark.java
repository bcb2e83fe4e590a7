package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Shards of CIFAR-10 to augmented minibatches of floats, two feeds at once, compared with torch's
 * DataLoader with two processes over pictures in memory. Ours is measured twice: reading the shards
 * again in every epoch, from the page cache, and with the shards kept in the feed's memory, as they
 * are in a training from its second epoch on.
 */
final class FeedBenchmark implements Benchmark {
  private static final int PICTURES = 50_000;
  private static final double TARGET = 30;

  /**
   * An epoch of the reference takes many seconds: one at least to warm up, then so many timed ones.
   */
  private static final int REFERENCE_WARM = 1;

  private static final int REFERENCE_TIMED = 3;

  @Override
  public String name() {
    return "feed";
  }

  @Override
  public String summary() {
    return "shards of 50,000 CIFAR-10 pictures to augmented minibatches, 2 threads; torch's DataLoader";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    Python.require(
        name(),
        "numpy, PIL, torch, torchvision",
        "python3-numpy, python3-pil, python3-torch and python3-torchvision");
    int pictures = setting.scaled(PICTURES);
    Path records = CifarRecords.repeated(setting, pictures);
    Path shards = setting.scratch().resolve("shards");
    setting.say().accept("making shards of %,d pictures".formatted(pictures));
    Millrace.run(setting, "ingest", "--format=cifar10", "--path=" + records, "--output=" + shards);
    setting.say().accept("reading the shards in every epoch");
    Turns read = taken(setting, FeedLoop.READ, records, shards, pictures);
    setting.say().accept("with the shards in the feed's memory");
    Turns kept = taken(setting, FeedLoop.KEPT, records, shards, pictures);
    String what =
        "%,d CIFAR-10 pictures from raw shards to minibatches of %d: pad 4, crop 32, flip, normalise, 2 threads, %s; reference: torch's DataLoader with 2 workers, torchvision on pictures in memory";
    return List.of(
        Figure.atLeastOf(
            what.formatted(pictures, FeedLoop.BATCH, "shards read from the page cache every epoch"),
            read.ours(),
            read.reference(),
            "images/s",
            TARGET),
        Figure.atLeastOf(
            what.formatted(pictures, FeedLoop.BATCH, "shards kept in the feed's memory"),
            kept.ours(),
            kept.reference(),
            "images/s",
            TARGET));
  }

  private static Turns taken(Setting setting, String how, Path records, Path shards, int pictures)
      throws IOException, InterruptedException {
    String script = "torchvision_feed.py";
    String[] theirs = new String[1];
    return Turns.taken(
        setting,
        "images/s",
        run -> {
          Path work = setting.scratch().resolve("feed-" + how + "-" + run);
          Child ours =
              Java.run(setting, List.of(), Map.of(), FeedLoop.class, how, shards, pictures, work);
          Moments.requireAlike(ours.words().get(0), theirs[0], script);
          return ours.figure();
        },
        run -> {
          Child reference =
              Python.run(
                  setting,
                  script,
                  records,
                  Augmentation.written(Augmentation.MEAN),
                  Augmentation.written(Augmentation.STD),
                  FeedLoop.BATCH,
                  FeedLoop.USERS,
                  REFERENCE_WARM,
                  Passes.WARM_SECONDS,
                  REFERENCE_TIMED);
          theirs[0] = reference.words().get(0);
          return reference.figure();
        });
  }
}
