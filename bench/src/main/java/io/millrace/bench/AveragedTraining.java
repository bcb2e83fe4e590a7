package io.millrace.bench;

import io.millrace.jobs.schedule.Constant;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.sampling.Shuffle;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.train.Checkpointing;
import io.millrace.jobs.train.FeedKeys;
import io.millrace.jobs.train.FittingKeys;
import io.millrace.jobs.train.TrainJob;
import io.millrace.jobs.train.TrainParameters;
import io.millrace.jobs.transform.Flip;
import io.millrace.jobs.transform.PadReflect;
import io.millrace.jobs.transform.RandomCrop;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the training job and prints the share of time that its workers waited for minibatches, then
 * its images a second from the end of the last warm-up round to the end of the last round. That
 * includes feeding, augmentation, averaging, checkpoints and everything else between rounds.
 */
final class AveragedTraining {
  private AveragedTraining() {}

  /**
   * @param arguments shards, statistics, a folder to work in, which averaging, and the engine
   */
  public static void main(String[] arguments) throws IOException {
    Path scratch = Path.of(arguments[2]);
    JobRequest<TrainParameters> request =
        new JobRequest<>(
            "train",
            parameters(
                new Location(arguments[0]),
                new Location(arguments[1]),
                Averaging.By.valueOf(arguments[3]),
                arguments[4]),
            Files.createDirectories(scratch.resolve("model")).toUri(),
            scratch.resolve("checkpoints").toUri(),
            Files.createDirectories(scratch.resolve("scratch")).toUri(),
            Map.of("spark.master", "local[" + Load.WORKERS + "]"),
            "sbin/bench train");
    Clock clock = new Clock();
    try {
      new TrainJob().run(request, clock);
    } finally {
      SharedSpark.stop();
    }
    System.out.println(clock.waitingShare());
    System.out.println(clock.imagesPerSecond());
  }

  private static TrainParameters parameters(Location shards, Location stats, Averaging.By by, String engine) {
    return new TrainParameters(
        shards,
        stats,
        Split.TRAIN,
        new ResNet(Load.CHANNELS),
        engine,
        Precision.FP32,
        Load.WORKERS,
        Load.BATCH,
        new Averaging(Load.EVERY, by),
        List.of(new PadReflect(4), new RandomCrop(32), new Flip(Flip.Axis.HORIZONTAL)),
        Optional.empty(),
        new Optimiser.Sgd(0, false),
        Optional.of(new Constant(Load.EPOCHS, Load.LEARNING_RATE, Load.MOMENTUM)),
        List.of(),
        1,
        1,
        new Share(0),
        new Shuffle.Block(16_384),
        false,
        Optional.empty(),
        FeedKeys.DEFAULT,
        new Checkpointing(Optional.empty(), Duration.ofSeconds(60), 3),
        Optional.empty(),
        Optional.empty(), FittingKeys.DEFAULT);
  }

  /** Takes the time at the end of every round. */
  private static final class Clock implements JobContext {
    private static final double NANOS = 1e9;

    private int rounds;
    private long images;
    private long start;
    private long end;
    private double waited;
    private double trained;

    @Override
    public Progress progress(String label, long total, String unit) {
      return JobContext.silent().progress(label, total, unit);
    }

    @Override
    public void event(String kind, Map<String, ?> fields) {
      if (!kind.equals("round")) {
        return;
      }
      end = System.nanoTime();
      rounds++;
      if (rounds <= Load.WARM_ROUNDS) {
        start = end;
      } else {
        images += ((Number) fields.get("images")).longValue();
        Map<?, ?> times = (Map<?, ?>) fields.get("times");
        waited += ((Number) times.get("waited")).doubleValue();
        trained += ((Number) times.get("train")).doubleValue();
      }
    }

    @Override
    public void notice(String sentence) {}

    /** The share of the workers' time that they waited for their feeds, 0..1. */
    double waitingShare() {
      return waited / (waited + trained);
    }

    double imagesPerSecond() {
      if (rounds != Load.WARM_ROUNDS + Load.ROUNDS) {
        throw new IllegalStateException("Cannot time the training: it took " + rounds + " rounds");
      }
      return images * NANOS / (end - start);
    }
  }
}
