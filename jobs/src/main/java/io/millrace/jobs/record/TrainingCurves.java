package io.millrace.jobs.record;

import io.millrace.jobs.loss.Measure;
import io.millrace.jobs.loss.Measure.Unit;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private final List<Measure> measures;
  private final String unit;
  private final int total;
  private final List<Block.Mark> marks;
  private final double[] x;

  /**
   * @param measures in the order in which they are shown
   * @param unit what examples are called, in the plural
   * @param total rounds that there will be in the end
   * @param marks where phases begin
   */
  TrainingCurves(
      TrainingRecord record,
      List<Measure> measures,
      String unit,
      int total,
      List<Block.Mark> marks) {
    this.record = record;
    this.measures = measures;
    this.unit = unit;
    this.total = total;
    this.marks = marks;
    this.x = record.rounds().stream().mapToDouble(TrainingRecord.Round::round).toArray();
  }

  /** A measure's means, smoothed; shares as 0..1. */
  Curve smoothed(Measure measure) {
    return curve(measure).smoothed(total);
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (Measure measure : measures) {
      List<Series> series = series(measure);
      if (!series.isEmpty()) {
        blocks.add(new Block.Lines(title(measure.name()), ROUND, unit(measure), series, marks));
      }
    }
    blocks.add(single("Learning rate", curve(TrainingRecord.Round::learningRate)));
    blocks.add(single("Momentum", curve(TrainingRecord.Round::momentum)));
    List<Series> workers = throughput();
    if (!workers.isEmpty()) {
      blocks.add(new Block.Lines("Throughput", ROUND, unit + "/s", workers, marks));
    }
    return blocks;
  }

  private List<Series> series(Measure measure) {
    List<Series> series = new ArrayList<>();
    Curve training = shown(measure, curve(measure));
    if (!training.isEmpty()) {
      if (measure.unit() == Unit.SHARE) {
        series.add(shown(measure, smoothed(measure)).series("training, smoothed", false, POINTS));
      } else {
        series.add(training.series(measure.name(), true, POINTS));
        series.add(
            shown(measure, smoothed(measure)).series(measure.name() + ", smoothed", false, POINTS));
      }
    }
    Curve validation = shown(measure, validation(measure));
    if (!validation.isEmpty()) {
      series.add(validation.series("validation", false, POINTS));
    }
    return series;
  }

  private Curve curve(ToDoubleFunction<TrainingRecord.Round> value) {
    return new Curve(x, record.rounds().stream().mapToDouble(value).toArray());
  }

  private Curve curve(Measure measure) {
    return curve(round -> mean(measure, round.measures()));
  }

  /** Placed at each epoch's last round. */
  private Curve validation(Measure measure) {
    List<TrainingRecord.Epoch> epochs =
        record.epochs().stream()
            .filter(epoch -> epoch.validation().containsKey(measure.name()))
            .toList();
    return new Curve(
        epochs.stream().mapToDouble(epoch -> record.lastRound(epoch.epoch())).toArray(),
        epochs.stream().mapToDouble(epoch -> mean(measure, epoch.validation())).toArray());
  }

  /** NaN where there is none. */
  private static double mean(Measure measure, Map<String, Double> means) {
    return means.getOrDefault(measure.name(), Double.NaN);
  }

  /** As a chart shows it: shares in percent. */
  private static Curve shown(Measure measure, Curve means) {
    return measure.unit() == Unit.SHARE ? means.times(PERCENT) : means;
  }

  private static String unit(Measure measure) {
    return switch (measure.unit()) {
      case NATS -> "nats";
      case SHARE -> "%";
      case NUMBER -> measure.name();
    };
  }

  private static String title(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
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
            .mapToInt(round -> round.workerExamplesPerSecond().size())
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
    List<Double> speeds = round.workerExamplesPerSecond();
    return worker < speeds.size() && speeds.get(worker) > 0 ? speeds.get(worker) : Double.NaN;
  }
}
