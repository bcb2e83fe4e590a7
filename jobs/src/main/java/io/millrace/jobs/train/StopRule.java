package io.millrace.jobs.train;

import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.record.TrainingRecord;
import io.millrace.pipeline.text.Amounts;
import java.util.List;
import java.util.Optional;

/**
 * Ends a training whose smoothed loss has become too large: fast.ai's {@code stop_div} (course of
 * 2018, lesson 13).
 *
 * @param times the lowest smoothed loss that is too much
 */
record StopRule(double times) {
  /**
   * Why the training should end after its last round; empty if it should go on.
   *
   * @param total rounds that there would be in the end
   */
  Optional<String> reached(TrainingRecord record, int total) {
    List<TrainingRecord.Round> rounds = record.rounds();
    double[] smoothed = record.smoothed(CrossEntropy.LOSS, total);
    double lowest = Double.POSITIVE_INFINITY;
    for (double each : smoothed) {
      lowest = Math.min(lowest, each);
    }
    double last = smoothed.length == 0 ? Double.NaN : smoothed[smoothed.length - 1];
    return last > times * lowest
        ? Optional.of(
            "the smoothed loss is %s after round %d (epoch %d) and was %s at its lowest, and stop-div is %s"
                .formatted(
                    Amounts.figure(last),
                    rounds.get(rounds.size() - 1).round(),
                    rounds.get(rounds.size() - 1).epoch(),
                    Amounts.figure(lowest),
                    times))
        : Optional.empty();
  }
}
