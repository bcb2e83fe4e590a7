package io.millrace.jobs.averaging;

import io.millrace.jobs.spark.Platform;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs the rounds of a training: Millrace itself or an engine's library. Not for use by several
 * threads.
 */
public interface Averager extends AutoCloseable {
  /**
   * The averager that the configuration names.
   *
   * @param driver the platform of the driver, which must be that of every executor
   */
  static Averager by(
      Averaging.By who, Workers workers, Broadcast<TrainingPlan> plan, Platform driver) {
    return switch (who) {
      case MILLRACE -> new OwnAverager(workers, plan);
      case DL4J_SPARK -> new EngineAverager(workers.spark(), plan, driver);
    };
  }

  /**
   * Every worker fits its minibatches, starting from one state; then their states are averaged.
   *
   * @param what the round's description in Spark's interface
   * @throws io.millrace.pipeline.CannotException if a picture can't be used
   */
  Result round(String what, TrainingState before, Position position);

  @Override
  void close();

  /**
   * The result of a round.
   *
   * @param workers in their order
   * @param averaged the next state; empty if a worker diverged
   * @param seconds that the driver took to average
   */
  record Result(List<WorkerRound> workers, Optional<TrainingState> averaged, double seconds) {}
}
