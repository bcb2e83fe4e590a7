package io.millrace.jobs.train;

import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.averaging.TrainingState;
import io.millrace.jobs.averaging.Validation;
import io.millrace.jobs.averaging.Workers;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.record.TrainingRecord;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;

/** The measures at the end of an epoch: its own, and those of the validation. */
final class EpochEnd {
  private static final double NANOS = 1e9;

  private final Workers workers;
  private final Broadcast<TrainingPlan> plan;

  EpochEnd(Workers workers, Broadcast<TrainingPlan> plan) {
    this.workers = workers;
    this.plan = plan;
  }

  /**
   * Measures a state on the validation examples of the epoch's phase, if there are any.
   *
   * @param epoch counted from 0
   * @param record of its rounds
   * @throws io.millrace.pipeline.CannotException if an example can't be used
   */
  TrainingRecord.Epoch of(int epoch, TrainingState averaged, TrainingRecord record) {
    Map<String, Double> trained = record.measures(epoch + 1);
    if (plan.value().phase(epoch).validation().size() == 0) {
      return new TrainingRecord.Epoch(epoch + 1, trained, Map.of(), 0);
    }
    long start = System.nanoTime();
    Broadcast<TrainingState> state = workers.spark().broadcast(averaged);
    try {
      Measures all =
          workers
              .all("validation after epoch " + (epoch + 1), new Validation(plan, state, epoch))
              .stream()
              .flatMap(worker -> worker.minibatches().stream())
              .reduce(Measures.NONE, Measures::plus);
      double seconds = (System.nanoTime() - start) / NANOS;
      return new TrainingRecord.Epoch(epoch + 1, trained, all.means(), seconds);
    } finally {
      state.destroy();
    }
  }
}
