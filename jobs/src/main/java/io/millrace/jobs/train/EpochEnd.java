package io.millrace.jobs.train;

import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.averaging.Validation;
import io.millrace.jobs.averaging.Validation.Measured;
import io.millrace.jobs.averaging.Validation.Sums;
import io.millrace.jobs.averaging.Workers;
import io.millrace.jobs.curves.TrainingRecord;
import io.millrace.jobs.engine.State;
import io.millrace.jobs.order.View;
import org.apache.spark.broadcast.Broadcast;

/** What there is to say at the end of an epoch: its own figures, and those of the validation. */
final class EpochEnd {
  private static final double NANOS = 1e9;

  private final Workers workers;
  private final Broadcast<TrainingPlan> plan;

  EpochEnd(Workers workers, Broadcast<TrainingPlan> plan) {
    this.workers = workers;
    this.plan = plan;
  }

  /**
   * Measures a state on the validation view of the epoch's phase, if there is one.
   *
   * @param epoch counted from 0
   * @param record of its rounds
   * @throws io.millrace.pipeline.CannotException if a picture can't be used
   */
  TrainingRecord.Epoch of(int epoch, State averaged, TrainingRecord record) {
    double loss = record.loss(epoch + 1);
    Double trained = record.accuracy(epoch + 1);
    View validation = plan.value().phase(epoch).validation();
    if (validation.size() == 0) {
      return new TrainingRecord.Epoch(epoch + 1, loss, trained, null, null, null);
    }
    long start = System.nanoTime();
    Broadcast<State> state = workers.spark().broadcast(averaged);
    double lossSum = 0;
    long correct = 0;
    try {
      for (Measured worker :
          workers.all(
              "validation after epoch " + (epoch + 1), new Validation(plan, state, epoch))) {
        for (Sums sums : worker.sums()) {
          lossSum += sums.loss();
          correct += sums.correct();
        }
      }
    } finally {
      state.destroy();
    }
    return new TrainingRecord.Epoch(
        epoch + 1,
        loss,
        trained,
        lossSum / validation.size(),
        (double) correct / validation.size(),
        (System.nanoTime() - start) / NANOS);
  }
}
