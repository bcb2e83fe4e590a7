package io.millrace.jobs.averaging;

import io.millrace.jobs.feed.FeedTimes;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.spark.SparkTasks.Task;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Seconds of an averaging round whose workers train nothing, or of copying as many bytes by Spark
 * alone: a broadcast, and a reduction of an array from each worker.
 */
public final class StateRounds {
  private static final int WORKERS = 2;
  private static final int WARM = 2;
  private static final int MEASURED = 6;
  private static final double NANOS = 1e9;

  private StateRounds() {}

  /**
   * Prints the mean of the rounds once warm.
   *
   * @param arguments master, floats of the state, {@code state} or {@code bytes}, a folder, the
   *     class path of this class on the executors
   */
  public static void main(String[] arguments) throws Exception {
    Path scratch = Files.createDirectories(Path.of(arguments[3]).resolve("scratch"));
    Map<String, String> settings =
        Map.of("spark.master", arguments[0], "spark.executor.extraClassPath", arguments[4]);
    int floats = Integer.parseInt(arguments[1]);
    try {
      JavaSparkContext spark = SharedSpark.context(settings, scratch.toUri(), sentence -> {});
      Round round = arguments[2].equals("state") ? state(spark, floats) : bytes(spark, floats);
      for (int i = 0; i < WARM; i++) {
        round.run();
      }
      long start = System.nanoTime();
      for (int i = 0; i < MEASURED; i++) {
        round.run();
      }
      System.out.println((System.nanoTime() - start) / NANOS / MEASURED);
    } finally {
      SharedSpark.stop();
    }
    System.exit(0);
  }

  @FunctionalInterface
  private interface Round {
    void run();
  }

  private static Round state(JavaSparkContext spark, int floats) {
    float[] values = new float[floats];
    Random random = new Random(1);
    for (int i = 0; i < floats; i++) {
      values[i] = random.nextFloat();
    }
    State first =
        new State(List.of(new NamedTensor("w", new int[] {floats}, Role.TRAINABLE, values)));
    TrainingState[] now = {TrainingState.first(first, WORKERS)};
    return () -> {
      Broadcast<TrainingState> broadcast = spark.broadcast(now[0]);
      List<WorkerRound> results = new Workers(spark, WORKERS).all("round", new Echo(broadcast));
      now[0] = Average.of(now[0], results);
      broadcast.destroy();
    };
  }

  private static Round bytes(JavaSparkContext spark, int floats) {
    byte[] values = new byte[floats * Float.BYTES];
    new Random(1).nextBytes(values);
    return () -> {
      Broadcast<byte[]> broadcast = spark.broadcast(values);
      spark
          .parallelize(List.of(0, 1), WORKERS)
          .map(worker -> broadcast.value())
          .reduce((one, other) -> one);
      broadcast.destroy();
    };
  }

  /** A worker that returns the state that it was given. */
  private record Echo(Broadcast<TrainingState> state) implements Task<Integer, WorkerRound> {
    @Override
    public WorkerRound apply(Integer worker) {
      return new WorkerRound(
          1,
          Measures.of(1, "loss", 0),
          new Hyper(0, 0),
          state.value().of(worker),
          1,
          1,
          FeedTimes.NONE);
    }
  }
}
