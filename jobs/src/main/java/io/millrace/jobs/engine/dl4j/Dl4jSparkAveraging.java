package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.engine.AveragingMaster;
import io.millrace.jobs.engine.AveragingSetup;
import io.millrace.jobs.engine.SparkAveraging;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.pipeline.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Deeplearning4j's averaging on Spark (dl4j-spark 1.0.0-M2). */
final class Dl4jSparkAveraging implements SparkAveraging {
  private static final String INSTEAD = " or averaging.by = millrace";

  @Override
  public List<Problem> problems(Optimiser optimiser, Schedule schedule) {
    List<Problem> problems = new ArrayList<>();
    if (!Updaters.has(optimiser)) {
      problems.add(
          new Problem(
              "optimiser",
              "dl4j-spark can do only Deeplearning4j's sgd and adam; take one of them" + INSTEAD));
    }
    if (optimiser instanceof Optimiser.Sgd sgd && sgd.weightDecay() != 0) {
      problems.add(decay("optimiser.sgd.weight-decay", sgd.weightDecay()));
    }
    if (optimiser instanceof Optimiser.Sgd sgd && sgd.dampened()) {
      problems.add(
          new Problem(
              "optimiser.sgd.dampened",
              "Deeplearning4j has no dampened momentum; leave it out" + INSTEAD));
    }
    if (optimiser instanceof Optimiser.Adam adam) {
      if (adam.weightDecay() != 0) {
        problems.add(decay("optimiser.adam.weight-decay", adam.weightDecay()));
      }
      if (schedule.lowestMomentum() != schedule.highestMomentum()) {
        problems.add(
            new Problem(
                "schedule." + schedule.momentumKey(),
                "it changes from %s to %s, but Deeplearning4j's Adam has a constant beta 1; give the same value twice%s"
                    .formatted(schedule.highestMomentum(), schedule.lowestMomentum(), INSTEAD)));
      }
    }
    return problems;
  }

  private static Problem decay(String key, double value) {
    return new Problem(
        key,
        "it is %s, but Deeplearning4j does not apply it to batch norm's weights, so the result would differ; take 0%s"
            .formatted(value, INSTEAD));
  }

  @Override
  public Optional<String> difference(Optimiser optimiser, Schedule schedule) {
    boolean classical = optimiser instanceof Optimiser.Sgd sgd && !sgd.nesterov();
    return classical && schedule.highestMomentum() > 0
        ? Optional.of(
            "Deeplearning4j has only Nesterov's momentum: dl4j-spark trains as with"
                + " optimiser.sgd.nesterov = true.")
        : Optional.empty();
  }

  @Override
  public AveragingMaster master(JavaSparkContext spark, AveragingSetup setup) {
    Natives.start();
    return new Dl4jSparkMaster(spark, setup);
  }
}
