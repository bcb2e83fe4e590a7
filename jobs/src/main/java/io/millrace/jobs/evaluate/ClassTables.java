package io.millrace.jobs.evaluate;

import io.millrace.jobs.evaluate.Evaluation.ClassFigures;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The tables of a report about classes: the confusion matrix, precision and recall. */
final class ClassTables {
  private static final int MATRIX_CLASSES = 20;
  private static final int CONFUSIONS = 20;
  private static final int TABLE_CLASSES = 50;
  private static final int ENDS = 25;
  private static final int FOLDED = 1_000;
  private static final String NONE = "\u2013";
  private static final String CLASS = "class";
  private static final Column IMAGES = Column.figures("images");

  private final Evaluation evaluation;
  private final List<String> names;

  ClassTables(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.names = ShownNames.of(evaluation.classNames());
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    if (names.size() <= MATRIX_CLASSES) {
      blocks.add(matrix());
    } else {
      blocks.add(confusions());
    }
    blocks.addAll(classes());
    return blocks;
  }

  private Block matrix() {
    List<List<Long>> counts = new ArrayList<>();
    for (long[] row : evaluation.confusion()) {
      List<Long> cells = new ArrayList<>();
      for (long count : row) {
        cells.add(count);
      }
      counts.add(cells);
    }
    return new Block.Matrix("Confusion matrix", "true class", "predicted class", names, counts);
  }

  private Block confusions() {
    List<Confused> confused = new ArrayList<>();
    for (int truth = 0; truth < names.size(); truth++) {
      for (int predicted = 0; predicted < names.size(); predicted++) {
        long count = evaluation.confusion()[truth][predicted];
        if (truth != predicted && count > 0) {
          confused.add(new Confused(truth, predicted, count));
        }
      }
    }
    List<List<String>> rows =
        confused.stream()
            .sorted(
                Comparator.comparingLong(Confused::count)
                    .reversed()
                    .thenComparingInt(Confused::truth)
                    .thenComparingInt(Confused::predicted))
            .limit(CONFUSIONS)
            .map(
                it ->
                    List.of(
                        names.get(it.truth()),
                        names.get(it.predicted()),
                        Amounts.count(it.count()),
                        Amounts.share(it.count(), figures(it.truth()).images())))
            .toList();
    return new Block.Table(
        "The most frequent confusions",
        List.of(
            Column.words("true class"),
            Column.words("predicted class"),
            IMAGES,
            Column.figures("share of the class")),
        rows);
  }

  private List<Block> classes() {
    List<Integer> all = IntStream.range(0, names.size()).boxed().toList();
    if (all.size() <= TABLE_CLASSES) {
      return List.of(table("Precision and recall, with 95 % intervals", all));
    }
    // A class without images can be neither best nor worst.
    List<Integer> worstFirst =
        all.stream()
            .filter(it -> figures(it).images() > 0)
            .sorted(Comparator.comparingDouble(it -> figures(it).recall().orElseThrow()))
            .toList();
    int ends = Math.min(ENDS, worstFirst.size() / 2);
    int best = worstFirst.size() - ends;
    List<Integer> rest = new ArrayList<>(worstFirst.subList(ends, best));
    all.stream().filter(it -> figures(it).images() == 0).forEach(rest::add);
    int shown = Math.min(FOLDED, rest.size());
    String which =
        shown == rest.size()
            ? "The other " + Amounts.count(shown) + " classes"
            : Amounts.count(shown) + " of the other " + Amounts.count(rest.size()) + " classes";
    return List.of(
        table(
            "The classes with the lowest recall, with 95 % intervals", worstFirst.subList(0, ends)),
        table(
            "The classes with the highest recall, with 95 % intervals",
            worstFirst.subList(best, worstFirst.size())),
        new Block.Fold(which, List.of(table(which, rest.subList(0, shown)))));
  }

  private ClassFigures figures(int label) {
    return evaluation.classes().get(label);
  }

  private Block table(String caption, List<Integer> labels) {
    return new Block.Table(
        caption,
        List.of(
            Column.words(CLASS),
            IMAGES,
            Column.figures("precision"),
            Column.figures("recall"),
            Column.figures("F1")),
        labels.stream().map(this::row).toList());
  }

  private List<String> row(int label) {
    ClassFigures figures = figures(label);
    OptionalDouble f1 = figures.f1();
    return List.of(
        names.get(label),
        Amounts.count(figures.images()),
        share(figures.right(), figures.predicted()),
        share(figures.right(), figures.images()),
        f1.isPresent() ? Amounts.decimal(f1.getAsDouble(), 3) : NONE);
  }

  private static String share(long part, long whole) {
    return whole == 0 ? NONE : Amounts.percent((double) part / whole) + interval(part, whole);
  }

  private static String interval(long part, long whole) {
    return " (" + WilsonInterval.of(part, whole).text() + ")";
  }

  private record Confused(int truth, int predicted, long count) {}
}
