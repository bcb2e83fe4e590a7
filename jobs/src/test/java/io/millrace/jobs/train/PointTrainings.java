package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation.Relu;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.averaging.Rounds;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.learner.LearnerSpec;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.OneCycle;
import io.millrace.jobs.testing.PlainEngine;
import io.millrace.jobs.testing.Points;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Trainings on points of a plane by the plain engine: no natives, milliseconds a round. */
final class PointTrainings {
  static final Optimiser SGD = new Optimiser.Sgd(1e-4, false);
  private static final Checkpointing EVERY_ROUND =
      new Checkpointing(Optional.of(1), Duration.ofHours(1), 1_000);

  private PointTrainings() {}

  /** A classifier with one hidden layer. */
  static Supervised classifier(Optimiser optimiser, Map<String, List<String>> groups) {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.input(Points.INPUT, Shape.of(2));
    at = net.dense("hidden", at, 8, true);
    at = net.add("relu", new Relu(), at);
    Blueprint network = net.build(net.dense("out", at, 2, true));
    return new Supervised(PlainEngine.NAME, network, new CrossEntropy(2), optimiser, 1, 3)
        .grouped(groups);
  }

  static TrainingPhase phase(double epochs, LearnerSpec learner, int workers) {
    return phase(epochs, learner, workers, new Points(50), Map.of());
  }

  static TrainingPhase phase(
      double epochs, LearnerSpec learner, int workers, Points points, Map<String, Double> rates) {
    return new TrainingPhase(
        epochs, points, new Rounds(points.size(), workers, 4, 2), new Points(0), learner, rates);
  }

  static TrainingPlan plan(TrainingPhase... phases) {
    double epochs = List.of(phases).stream().mapToDouble(TrainingPhase::epochs).sum();
    return new TrainingPlan(List.of(phases), new OneCycle(epochs, 0.1, List.of(0.95, 0.85)));
  }

  /** From the newest checkpoint in the folder, or from the start, to the end; all are kept. */
  static Checkpoint run(JavaSparkContext spark, TrainingPlan plan, Path folder, JobContext context)
      throws IOException {
    TrainingRun.Settings settings =
        new TrainingRun.Settings(Averaging.By.MILLRACE, EVERY_ROUND, "points", "schedule.lr");
    try (TrainingRun run = TrainingRun.begin(spark, context, plan, settings, folder.toUri())) {
      return run.toEnd();
    }
  }

  /** Runs what a training that was killed after a round would resume as. */
  static Checkpoint resumed(
      JavaSparkContext spark, TrainingPlan plan, Path whole, Path other, int rounds)
      throws IOException {
    String name = "round-%09d.safetensors".formatted(rounds);
    Files.createDirectories(other.resolve("checkpoints"));
    Files.copy(
        whole.resolve("checkpoints").resolve(name), other.resolve("checkpoints").resolve(name));
    return run(spark, plan, other, JobContext.silent());
  }
}
