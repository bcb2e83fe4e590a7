package io.millrace.jobs.train;

import io.millrace.jobs.averaging.TrainingState;
import io.millrace.jobs.averaging.WorkerRound;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.util.List;
import java.util.Map;

/** Stops a training whose values became NaN or infinite, and names the last good checkpoint. */
final class Divergence {
  private final Checkpoints checkpoints;
  private final CheckpointClock clock;
  private final String learningRateKey;

  /**
   * @param learningRateKey the key to lower when the loss diverges
   */
  Divergence(Checkpoints checkpoints, CheckpointClock clock, String learningRateKey) {
    this.checkpoints = checkpoints;
    this.clock = clock;
    this.learningRateKey = learningRateKey;
  }

  /**
   * @param number of the round in the whole training, counted from 1
   * @param epoch counted from 0
   * @throws CannotException if a worker's measure is not finite
   */
  void checkMeasures(List<WorkerRound> results, int number, int epoch) {
    for (int worker = 0; worker < results.size(); worker++) {
      WorkerRound result = results.get(worker);
      if (result.diverged()) {
        Map.Entry<String, Double> first =
            result.measures().sums().entrySet().stream()
                .filter(it -> !Double.isFinite(it.getValue()))
                .findFirst()
                .orElseThrow();
        String what =
            "%s became %s in worker %d of %d"
                .formatted(
                    first.getKey(),
                    Double.isNaN(first.getValue()) ? "NaN" : "infinite",
                    worker + 1,
                    results.size());
        throw diverged(what, number, epoch, result.last());
      }
    }
  }

  /**
   * @param last hyper-parameters of the round's last step
   * @throws CannotException if a value of the state is not finite
   */
  void checkWeights(TrainingState averaged, int number, int epoch, Hyper last) {
    for (NamedTensor tensor : averaged.shared().tensors()) {
      for (float value : tensor.values()) {
        if (!Float.isFinite(value)) {
          String what = Float.isNaN(value) ? "NaN" : "infinite";
          throw diverged(tensor.name() + " became " + what, number, epoch, last);
        }
      }
    }
  }

  /** The failure of a training whose loss is finite and too large. */
  CannotException tooLarge(String why) {
    return new CannotException(
        "go on with the training", "%s; %s; lower %s".formatted(why, lastGood(), learningRateKey));
  }

  private String lastGood() {
    return clock
        .lastWritten()
        .map(rounds -> "the last good checkpoint is " + checkpoints.shown(rounds))
        .orElse("there is no checkpoint yet");
  }

  private CannotException diverged(String what, int number, int epoch, Hyper hyper) {
    return new CannotException(
        "train",
        "the %s in round %d (epoch %d) at learning rate %s; %s; lower %s"
            .formatted(
                what,
                number,
                epoch + 1,
                Amounts.figure(hyper.learningRate()),
                lastGood(),
                learningRateKey));
  }
}
