package io.millrace.jobs.record;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.card.Series;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a training's wall time went: for work of the workers their mean; the workers wait while the
 * driver works.
 */
final class TimeSpent {
  private static final String TITLE = "Where the time went";

  private final List<Part> training = new ArrayList<>();
  private final List<Part> feed = new ArrayList<>();

  /** Sums the rounds whose times were recorded. */
  TimeSpent(TrainingRecord record) {
    double train = 0;
    double waited = 0;
    double read = 0;
    double decode = 0;
    double augment = 0;
    double average = 0;
    double checkpoint = 0;
    double spark = 0;
    for (TrainingRecord.Round round : record.rounds()) {
      RoundTimes times = round.times();
      if (times != null) {
        int workers = Math.max(1, round.workerExamplesPerSecond().size());
        train += times.train() / workers;
        waited += times.waited() / workers;
        read += times.read() / workers;
        decode += times.decode() / workers;
        augment += times.augment() / workers;
        average += times.average();
        checkpoint += times.checkpoint();
        spark += times.spark();
      }
    }
    double validation =
        record.epochs().stream().mapToDouble(TrainingRecord.Epoch::validationSeconds).sum();
    training.add(new Part("train", train));
    training.add(new Part("wait for minibatches", waited));
    training.add(new Part("average", average));
    training.add(new Part("checkpoint", checkpoint));
    if (validation > 0) {
      training.add(new Part("validate", validation));
    }
    training.add(new Part("Spark, and the slowest worker", spark));
    feed.add(new Part("read", read));
    feed.add(new Part("decode", decode));
    feed.add(new Part("augment", augment));
  }

  /** The whole wall time, in seconds. */
  double seconds() {
    return training.stream().mapToDouble(Part::seconds).sum();
  }

  /** No blocks if no times were recorded. */
  List<Block> blocks() {
    if (seconds() == 0) {
      return List.of();
    }
    List<Series> series = new ArrayList<>();
    training.forEach(part -> series.add(Series.ofBars(part.name(), part.seconds(), 0)));
    feed.forEach(part -> series.add(Series.ofBars(part.name(), 0, part.seconds())));
    List<List<String>> rows = new ArrayList<>();
    training.forEach(part -> rows.add(row(part)));
    feed.forEach(part -> rows.add(row(new Part("meanwhile: " + part.name(), part.seconds()))));
    return List.of(
        new Block.Bars(TITLE, "s", List.of("training", "meanwhile"), series, true),
        new Block.Fold(
            "The same as a table",
            List.of(
                new Block.Paragraph(
                    "Wall time; for the workers it is their mean. Minibatches are"
                        + " read, decoded and augmented meanwhile, in threads of their own."),
                new Block.Table(
                    TITLE,
                    List.of(Column.words("part"), Column.figures("time"), Column.figures("share")),
                    rows))));
  }

  private List<String> row(Part part) {
    return List.of(
        part.name(), Amounts.seconds(part.seconds()), Amounts.percent(part.seconds() / seconds()));
  }

  private record Part(String name, double seconds) {}
}
