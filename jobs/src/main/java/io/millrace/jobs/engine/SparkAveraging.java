package io.millrace.jobs.engine;

import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.pipeline.Problem;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Parameter averaging on Spark by an engine's own library, in place of Millrace's. */
public interface SparkAveraging {
  /** What the library can't do for a training, each with its key and what to do. Starts nothing. */
  List<Problem> problems(Optimiser optimiser, Schedule schedule);

  /**
   * A sentence on how it differs from the optimiser's definition; empty if it does not. Starts
   * nothing.
   */
  Optional<String> difference(Optimiser optimiser, Schedule schedule);

  /**
   * Prepares rounds. Starts the engine in this process.
   *
   * @throws io.millrace.pipeline.CannotException if the engine does not run on this machine
   */
  AveragingMaster master(JavaSparkContext spark, AveragingSetup setup);
}
