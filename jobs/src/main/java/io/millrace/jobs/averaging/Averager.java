package io.millrace.jobs.averaging;

import io.millrace.jobs.spark.Platform;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;

/** Who runs the rounds of a training. Not for use by several threads. */
public interface Averager extends AutoCloseable {
  /**
   * The averager of that name.
   *
   * @param driver that every executor must be like
   */
  static Averager by(
      Averaging.By who, Workers workers, Broadcast<TrainingPlan> plan, Platform driver) {
    return switch (who) {
      case MILLRACE -> new OwnAverager(workers, plan);
      case DL4J_SPARK -> new EngineAverager(workers.spark(), plan, driver);
    };
  }

  /**
   * Lets every worker fit its minibatches from one state, and averages what they end with.
   *
   * @param what the round is, in words
   * @throws io.millrace.pipeline.CannotException if a picture can't be used
   */
  Result round(String what, TrainingState before, Position position);

  @Override
  void close();

  /**
   * What came of a round.
   *
   * @param workers in their order
   * @param averaged the next state; empty if a worker diverged
   * @param seconds that the driver took to average
   */
  record Result(List<WorkerRound> workers, Optional<TrainingState> averaged, double seconds) {}
}
