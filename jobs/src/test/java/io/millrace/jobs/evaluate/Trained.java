package io.millrace.jobs.evaluate;

import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.schedule.Constant;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardWriter;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.stats.StatsParameters;
import io.millrace.jobs.train.Checkpointing;
import io.millrace.jobs.train.FeedKeys;
import io.millrace.jobs.train.FittingKeys;
import io.millrace.jobs.train.TrainJob;
import io.millrace.jobs.train.TrainParameters;
import io.millrace.jobs.transform.TestTimeSet;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A tiny dataset of three classes, by brightness, and a linear model of it. */
record Trained(Path folder, Path shards, Path stats, Path model) {
  static final int TRAIN = 120;
  static final int TEST = 250;

  /** Every fiftieth picture of the test split has no label. */
  static final int UNLABELLED = 5;

  private static final List<String> CLASSES = List.of("dark", "middle", "light");
  private static final int SIDE = 8;

  static Trained in(Path folder) throws Exception {
    Path shards = folder.resolve("shards");
    write(shards, CLASSES, SIDE, TEST, true);
    Trained trained = new Trained(folder, shards, folder.resolve("stats"), folder.resolve("model"));
    trained.statistics(trained.stats(), Split.TRAIN);
    trained.train(trained.model(), 0);
    return trained;
  }

  /** Trains another model, with that share kept for validation. */
  Path train(Path out, double validation) throws Exception {
    TrainParameters parameters =
        new TrainParameters(
            at(shards),
            at(stats),
            Split.TRAIN,
            new Linear(),
            Engines.DEFAULT,
            Precision.AUTO,
            2,
            10,
            new Averaging(2),
            List.of(),
            Optional.empty(),
            new Optimiser.Sgd(0, false),
            Optional.of(new Constant(2, 0.02, 0.9)),
            List.of(),
            1,
            1,
            new Share(validation),
            new Shuffle.Full(),
            false,
            Optional.empty(),
            FeedKeys.DEFAULT,
            new Checkpointing(Optional.empty(), Duration.ofSeconds(60), 3),
            Optional.empty(),
            Optional.empty(),
            FittingKeys.DEFAULT);
    new TrainJob().run(request(parameters, out, "local[2]"), JobContext.silent());
    return out;
  }

  JobResult evaluate(Path out, String master, int batch, Path model, Path shards)
      throws IOException {
    return new EvaluateJob()
        .run(
            request(out, master, batch, model, shards, Portion.TEST, Optional.empty()),
            JobContext.silent());
  }

  JobRequest<EvaluateParameters> request(
      Path out,
      String master,
      int batch,
      Path model,
      Path shards,
      Portion split,
      Optional<Path> stats)
      throws IOException {
    EvaluateParameters parameters =
        new EvaluateParameters(
            at(shards),
            stats.map(Trained::at),
            at(model),
            split,
            new TestTimeSet.None(),
            batch,
            5,
            20,
            1,
            Optional.empty());
    return request(parameters, out, master);
  }

  Path statistics(Path out, Split split) throws IOException {
    new StatsJob()
        .run(request(new StatsParameters(at(shards), split), out, "local[2]"), JobContext.silent());
    return out;
  }

  Path withClasses(Path out, String... names) throws IOException {
    return write(out, List.of(names), SIDE, 30, true);
  }

  Path withSide(Path out, int side) throws IOException {
    return write(out, CLASSES, side, 30, true);
  }

  Path withoutLabels(Path out) throws IOException {
    return write(out, CLASSES, SIDE, 30, false);
  }

  <P extends Record> JobRequest<P> request(P parameters, Path out, String master)
      throws IOException {
    return new JobRequest<>(
        "test",
        parameters,
        Files.createDirectories(out).toUri(),
        folder.resolve("checkpoints-of-" + out.getFileName()).toUri(),
        Files.createDirectories(folder.resolve("scratch")).toUri(),
        Map.of("spark.master", master, "spark.driver.host", "127.0.0.1"),
        "test");
  }

  private static Location at(Path path) {
    return new Location(path.toString());
  }

  private static Path write(Path root, List<String> names, int side, int tests, boolean labels)
      throws IOException {
    List<ShardEntry> shards = new ArrayList<>();
    shards.add(shard(root, Split.TEST, 0, 0, tests / 2, side, labels));
    shards.add(shard(root, Split.TEST, 1, tests / 2, tests, side, labels));
    shards.add(shard(root, Split.TRAIN, 0, 0, TRAIN, side, true));
    int images = TRAIN + tests;
    new Dataset(
            root.toUri(),
            Dataset.digestOf(shards, names),
            names,
            new Counts(images, images, 0, 0, 0),
            Map.of(),
            Map.of(),
            shards)
        .write();
    return root;
  }

  private static ShardEntry shard(
      Path root, Split split, int number, int from, int to, int side, boolean labels)
      throws IOException {
    try (ShardWriter writer = ShardWriter.create(root.toUri(), split, number, List.of())) {
      for (int i = from; i < to; i++) {
        SplittableRandom random = new SplittableRandom(2L * i + (split == Split.TEST ? 1 : 0));
        int label = random.nextInt(3);
        byte[] pixels = new byte[side * side];
        for (int p = 0; p < pixels.length; p++) {
          pixels[p] = (byte) (random.nextInt(170) + 40 * label);
        }
        boolean bare = !labels || (split == Split.TEST && i % 50 == 49);
        String id = split.text() + "#" + i;
        writer.write(new Picture(id, bare ? -1 : label, side, side, 1, Encoding.RAW, pixels));
      }
      return writer.finish();
    }
  }
}
