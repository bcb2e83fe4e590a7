package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * As many feeds at once as the machine has processors, compared with one: each is a task of its own
 * with a part of the epoch, as in a training.
 */
final class FeedScalingBenchmark implements Benchmark {
  private static final int PICTURES = 50_000;

  @Override
  public String name() {
    return "feed-scaling";
  }

  @Override
  public String summary() {
    return "feeds of CIFAR-10, one a processor at once; one alone";
  }

  @Override
  public List<Figure> run(Setting setting) throws IOException, InterruptedException {
    int pictures = setting.scaled(PICTURES);
    int processors = Runtime.getRuntime().availableProcessors();
    Path records = CifarRecords.repeated(setting, pictures);
    Path shards = setting.scratch().resolve("shards");
    setting.say().accept("making shards of %,d pictures".formatted(pictures));
    Millrace.run(setting, "ingest", "--format=cifar10", "--path=" + records, "--output=" + shards);
    Turns turns =
        Turns.taken(
            setting,
            "images/s",
            run -> fed(setting, shards, pictures, processors),
            run -> fed(setting, shards, pictures, 1));
    return List.of(
        Figure.compared(
            "%,d CIFAR-10 pictures from shards in memory to augmented minibatches, %d feeds at once; reference: one feed (linear would be a ratio of %d)"
                .formatted(pictures, processors, processors),
            turns.ours(),
            turns.reference(),
            "images/s"));
  }

  private static double fed(Setting setting, Path shards, int pictures, int users)
      throws IOException, InterruptedException {
    return Java.run(
            setting,
            List.of(),
            Map.of(),
            FeedLoop.class,
            FeedLoop.KEPT,
            shards,
            pictures,
            setting.scratch(),
            users)
        .figure();
  }
}
