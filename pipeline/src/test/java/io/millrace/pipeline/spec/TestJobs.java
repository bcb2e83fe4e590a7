package io.millrace.pipeline.spec;

import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.ByteSize;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import io.millrace.pipeline.job.Variant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Small jobs whose records hold every kind of key that there is. */
final class TestJobs {
  enum Format {
    CIFAR10,
    CIFAR_100,
    FOLDER
  }

  enum Split {
    TRAIN,
    TEST
  }

  record Source(@Key("the layout") Format format, @Key("where the pictures are") Location path) {}

  record Ingest(
      @Key("what to read") Source source,
      @Key(value = "bytes a shard", or = "128MB", min = 1000) ByteSize shardBytes,
      @Key(value = "share that may be unusable", or = "1%") Share maxQuarantine,
      @Key(value = "readers", or = "2", min = 1, affectsResult = false) int readers,
      @Key("only that many") Optional<Long> limit) {}

  record Stats(
      @Key("the dataset") Location shards, @Key(value = "which part", or = "train") Split split) {}

  @Variant(discriminator = "name")
  sealed interface Net {
    @Variant("linear")
    record Linear() implements Net {}

    @Variant("conv-net")
    record ConvNet(@Key(value = "widths", or = "[20]", min = 1) List<Integer> channels)
        implements Net {}

    @Variant("resnet")
    record ResNet(
        @Key(value = "channels", or = "[16, 32]", min = 1) List<Integer> channels,
        @Key("weights to begin with") Optional<Location> weights)
        implements Net {}
  }

  sealed interface Step {
    record RandomCrop(@Key(value = "side", min = 1) int size) implements Step {}

    record Flip(@Key(value = "probability", or = "0.5", min = 0, max = 1) double chance)
        implements Step {}

    record Grey() implements Step {}
  }

  sealed interface Plan {
    @Variant("constant")
    record Constant(@Key(value = "epochs", min = 1) int epochs, @Key("learning rate") double lr)
        implements Plan {
      public Constant {
        if (lr > epochs) {
          throw new IllegalArgumentException("lr " + lr + " exceeds epochs " + epochs);
        }
      }
    }

    @Variant("one-cycle")
    record OneCycle(
        @Key(value = "epochs", min = 1) int epochs,
        @Key("learning rate") double lr,
        @Key(value = "momentum", or = "[0.95, 0.85]", min = 0, max = 1) List<Double> momentum)
        implements Plan {}
  }

  record Train(
      @Key("the dataset") Location shards,
      @Key(value = "its statistics", of = "statistics") Optional<Location> stats,
      @Key("the network") Net architecture,
      @Key(value = "transforms", or = "[]") List<Step> augment,
      @Key("how to train") Plan schedule,
      @Key(value = "workers", or = "2", min = 1) int workers,
      @Key(value = "seed", or = "0") long seed,
      @Key(value = "test-time flips", or = "false") boolean flips,
      @Key(value = "time between checkpoints", or = "60s", affectsResult = false)
          Duration checkpointEvery,
      @Key(value = "a word", or = "") String note) {}

  private record Simple<P extends Record>(
      String name, Class<P> parameters, Function<P, List<Problem>> checks) implements Job<P> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public String makes() {
      return Map.of("ingest", "a dataset", "stats", "statistics").getOrDefault(name, "a model");
    }

    @Override
    public String summary() {
      return "Does nothing.";
    }

    @Override
    public List<String> examples() {
      return List.of("millrace " + name);
    }

    @Override
    public List<Problem> check(P given) {
      return checks.apply(given);
    }

    @Override
    public JobResult run(JobRequest<P> request, JobContext context) {
      return new JobResult("0", Map.of(), "");
    }
  }

  static final Job<Ingest> INGEST = new Simple<>("ingest", Ingest.class, p -> List.of());
  static final Job<Stats> STATS = new Simple<>("stats", Stats.class, p -> List.of());
  static final Job<Train> TRAIN = new Simple<>("train", Train.class, TestJobs::cropsOnce);
  static final JobCatalogue JOBS = JobCatalogue.of(INGEST, STATS, TRAIN);

  private TestJobs() {}

  private static List<Problem> cropsOnce(Train train) {
    int crops = 0;
    for (int i = 0; i < train.augment().size(); i++) {
      if (train.augment().get(i) instanceof Step.RandomCrop && ++crops > 1) {
        return List.of(new Problem("augment[" + i + "]", "a picture is cropped once"));
      }
    }
    return List.of();
  }
}
