package io.millrace.jobs.curves;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A training's charts over its rounds. */
final class TrainingCurves {
  /** More points than a chart has pixels to show, and few enough for a page. */
  private static final int POINTS = 600;

  private static final int POINTS_OF_ALL_WORKERS = 2_000;
  private static final int LEAST_POINTS = 20;
  private static final String ROUND = "round";
  private static final double PERCENT = 100;

  private final TrainingRecord record;
  private final int total;
  private final List<Block.Mark> marks;
  private final double[] x;

  /**
   * @param total rounds that there will be in the end
   * @param marks where phases begin
   */
  TrainingCurves(TrainingRecord record, int total, List<Block.Mark> marks) {
    this.record = record;
    this.total = total;
    this.marks = marks;
    this.x = record.rounds().stream().mapToDouble(TrainingRecord.Round::round).toArray();
  }

  Curve smoothedLoss() {
    return curve(TrainingRecord.Round::loss).smoothed(total);
  }

  Curve smoothedAccuracy() {
    return accuracy().smoothed(total);
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Lines(
            "Loss",
            ROUND,
            "cross-entropy, nats",
            List.of(
                curve(TrainingRecord.Round::loss).series("loss", true, POINTS),
                smoothedLoss().series("loss, smoothed", false, POINTS)),
            marks));
    List<Series> accuracies = new ArrayList<>();
    if (!accuracy().isEmpty()) {
      accuracies.add(smoothedAccuracy().series("training, smoothed", false, POINTS));
    }
    Curve validation = validation();
    if (!validation.isEmpty()) {
      accuracies.add(validation.series("validation", false, POINTS));
    }
    if (!accuracies.isEmpty()) {
      blocks.add(new Block.Lines("Accuracy", ROUND, "%", accuracies, marks));
    }
    blocks.add(single("Learning rate", curve(TrainingRecord.Round::learningRate)));
    blocks.add(single("Momentum", curve(TrainingRecord.Round::momentum)));
    List<Series> workers = throughput();
    if (!workers.isEmpty()) {
      blocks.add(new Block.Lines("Throughput", ROUND, "images/s", workers, marks));
    }
    return blocks;
  }

  private Curve curve(ToDoubleFunction<TrainingRecord.Round> value) {
    return new Curve(x, record.rounds().stream().mapToDouble(value).toArray());
  }

  private Curve accuracy() {
    return curve(round -> round.accuracy() == null ? Double.NaN : PERCENT * round.accuracy());
  }

  /** Stands at each epoch's last round. */
  private Curve validation() {
    List<TrainingRecord.Epoch> epochs =
        record.epochs().stream().filter(epoch -> epoch.validationAccuracy() != null).toList();
    return new Curve(
        epochs.stream().mapToDouble(epoch -> record.lastRound(epoch.epoch())).toArray(),
        epochs.stream().mapToDouble(epoch -> PERCENT * epoch.validationAccuracy()).toArray());
  }

  private Block single(String name, Curve curve) {
    return new Block.Lines(
        name,
        ROUND,
        name.toLowerCase(Locale.ROOT),
        List.of(curve.series(name, false, POINTS)),
        marks);
  }

  private List<Series> throughput() {
    int workers =
        record.rounds().stream()
            .mapToInt(round -> round.workerImagesPerSecond().size())
            .max()
            .orElse(0);
    List<Series> series = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      int index = worker;
      int most = Math.min(POINTS, Math.max(LEAST_POINTS, POINTS_OF_ALL_WORKERS / workers));
      series.add(curve(round -> speed(round, index)).series("worker " + (worker + 1), false, most));
    }
    return series;
  }

  /** NaN where the worker had nothing left to do. */
  private static double speed(TrainingRecord.Round round, int worker) {
    List<Double> speeds = round.workerImagesPerSecond();
    return worker < speeds.size() && speeds.get(worker) > 0 ? speeds.get(worker) : Double.NaN;
  }
}
