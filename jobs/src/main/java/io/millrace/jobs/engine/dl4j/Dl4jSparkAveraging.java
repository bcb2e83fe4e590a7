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

/** Deeplearning4j on Spark (dl4j-spark 1.0.0-M2), as far as it can do what Millrace's does. */
final class Dl4jSparkAveraging implements SparkAveraging {
  private static final String INSTEAD = " or averaging.by = millrace";

  @Override
  public List<Problem> problems(Optimiser optimiser, Schedule schedule) {
    List<Problem> problems = new ArrayList<>();
    if (!Updaters.has(optimiser)) {
      problems.add(
          new Problem(
              "optimiser",
              "dl4j-spark takes Deeplearning4j's sgd and adam; take one of them" + INSTEAD));
    }
    if (optimiser instanceof Optimiser.Sgd sgd && sgd.weightDecay() != 0) {
      problems.add(decay("optimiser.sgd.weight-decay", sgd.weightDecay()));
    }
    if (optimiser instanceof Optimiser.Adam adam) {
      if (adam.weightDecay() != 0) {
        problems.add(decay("optimiser.adam.weight-decay", adam.weightDecay()));
      }
      if (schedule.lowestMomentum() != schedule.highestMomentum()) {
        problems.add(
            new Problem(
                "schedule." + schedule.momentumKey(),
                "it moves between %s and %s, and Deeplearning4j's Adam keeps one beta 1; give it twice the same%s"
                    .formatted(schedule.highestMomentum(), schedule.lowestMomentum(), INSTEAD)));
      }
    }
    return problems;
  }

  private static Problem decay(String key, double value) {
    return new Problem(
        key,
        "it is %s, and Deeplearning4j leaves batch norm's weights out of the decay, so that this would be another training; take 0%s"
            .formatted(value, INSTEAD));
  }

  @Override
  public Optional<String> difference(Optimiser optimiser, Schedule schedule) {
    boolean classical = optimiser instanceof Optimiser.Sgd sgd && !sgd.nesterov();
    return classical && schedule.highestMomentum() > 0
        ? Optional.of(
            "Deeplearning4j's momentum is Nesterov's: by dl4j-spark this trains as with"
                + " optimiser.sgd.nesterov = true.")
        : Optional.empty();
  }

  @Override
  public AveragingMaster master(JavaSparkContext spark, AveragingSetup setup) {
    Natives.start();
    return new Dl4jSparkMaster(spark, setup);
  }
}
