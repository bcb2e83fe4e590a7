package io.millrace.jobs.evaluate;

import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.card.Figure;
import io.millrace.pipeline.card.Series;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a report shows about an evaluation.
 *
 * @param evaluation its figures
 * @param averaged the variants whose predictions are averaged; empty if there is only the picture
 *     itself
 * @param gallery pictures of predictions
 */
record EvaluationCard(Evaluation evaluation, Optional<Averaged> averaged, VerdictGallery gallery) {
  private static final double PERCENT = 100;
  private static final double[] WHOLE = {0, PERCENT};

  Card card() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Figures(figures()));
    blocks.addAll(new ClassTables(evaluation).blocks());
    blocks.addAll(calibration());
    blocks.addAll(gallery.blocks());
    return new Card(blocks);
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(
            "accuracy",
            Amounts.percent(evaluation.accuracy()),
            interval(evaluation.right(), evaluation.images())));
    if (evaluation.topK() > 1 && evaluation.topK() < evaluation.classNames().size()) {
      figures.add(
          new Figure(
              "top-" + evaluation.topK() + " accuracy",
              Amounts.percent(evaluation.topKAccuracy()),
              interval(evaluation.topKRight(), evaluation.images())));
    }
    figures.add(new Figure("loss", Amounts.figure(evaluation.loss()), "nats"));
    figures.add(
        new Figure(
            "images",
            Amounts.count(evaluation.images()),
            evaluation.unlabelled() == 0
                ? ""
                : Amounts.count(evaluation.unlabelled()) + " more have no label"));
    averaged.ifPresent(it -> figures.add(new Figure("test-time set", it.set(), it.note())));
    figures.add(
        new Figure(
            "calibration error",
            Amounts.percent(Calibration.expectedError(evaluation.calibration())),
            "expected"));
    return figures;
  }

  private List<Block> calibration() {
    List<Calibration.Bin> bins = evaluation.calibration();
    double[] confidence = bins.stream().mapToDouble(bin -> PERCENT * bin.confidence()).toArray();
    double[] accuracy = bins.stream().mapToDouble(bin -> PERCENT * bin.accuracy()).toArray();
    List<List<String>> rows = new ArrayList<>();
    for (Calibration.Bin bin : bins) {
      long right = Math.round(bin.accuracy() * bin.images());
      rows.add(
          List.of(
              Amounts.decimal(PERCENT * bin.from(), 0) + " to " + Amounts.percent(bin.to(), 0),
              Amounts.count(bin.images()),
              Amounts.percent(bin.confidence()),
              Amounts.percent(bin.accuracy())
                  + " ("
                  + WilsonInterval.of(right, bin.images()).text()
                  + ")"));
    }
    return List.of(
        new Block.Lines(
            "Calibration",
            "confidence, %",
            "accuracy, %",
            List.of(
                new Series("perfectly calibrated", WHOLE, WHOLE, true),
                new Series("the model", confidence, accuracy))),
        new Block.Fold(
            "Calibration as a table",
            List.of(
                new Block.Table(
                    "Calibration, with 95 % intervals",
                    List.of(
                        Column.words("confidence"),
                        Column.figures("images"),
                        Column.figures("mean confidence"),
                        Column.figures("accuracy")),
                    rows))));
  }

  private static String interval(long part, long whole) {
    return "95 %: " + WilsonInterval.of(part, whole).text();
  }
}
