package io.millrace.jobs.averaging;

import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;

/**
 * Millrace's own rounds: broadcast the state, run one task for each worker, average in the driver.
 */
final class OwnAverager implements Averager {
  private static final double NANOS = 1e9;

  private final Workers workers;
  private final Broadcast<TrainingPlan> plan;

  OwnAverager(Workers workers, Broadcast<TrainingPlan> plan) {
    this.workers = workers;
    this.plan = plan;
  }

  @Override
  public Result round(String what, TrainingState before, Position position) {
    Broadcast<TrainingState> state = workers.spark().broadcast(before);
    List<WorkerRound> results;
    try {
      results = workers.all(what, new RoundTask(plan, state, position));
    } finally {
      state.destroy();
    }
    if (results.stream().anyMatch(WorkerRound::diverged)) {
      return new Result(results, Optional.empty(), 0);
    }
    long start = System.nanoTime();
    TrainingState averaged = Average.of(before, results);
    return new Result(results, Optional.of(averaged), (System.nanoTime() - start) / NANOS);
  }

  @Override
  public void close() {}
}
