package io.millrace.jobs.datasetcard;

import io.millrace.jobs.page.Wording;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.card.Series;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Bars and tables of how many pictures each class has in each split. */
final class ClassBlocks {
  /** More groups of bars could not be told apart. */
  private static final int MOST_BARS = 30;

  private static final int ENDS = 10;

  /** A longer table would make the page heavy; {@code _dataset.json} has it. */
  private static final int MOST_ROWS = 1_000;

  private final Dataset dataset;
  private final List<Split> splits;

  ClassBlocks(Dataset dataset) {
    this.dataset = dataset;
    this.splits = Arrays.stream(Split.values()).filter(split -> dataset.images(split) > 0).toList();
  }

  List<Block> blocks() {
    int classes = dataset.classNames().size();
    if (classes == 0) {
      return List.of(new Block.Paragraph("Its pictures have no labels."));
    }
    List<Integer> labels = new ArrayList<>(IntStream.range(0, classes).boxed().toList());
    if (sum(-1) > 0) {
      labels.add(-1);
    }
    return classes <= MOST_BARS ? List.of(bars(labels)) : tables(labels);
  }

  /** How many pictures the smallest and the largest class have, as text; empty without classes. */
  String range() {
    List<Long> sums =
        IntStream.range(0, dataset.classNames().size()).mapToObj(this::sum).sorted().toList();
    if (sums.size() < 2) {
      return "";
    }
    long least = sums.get(0);
    long most = sums.get(sums.size() - 1);
    return least == most
        ? Amounts.count(least) + " images each"
        : Amounts.count(least) + " to " + Amounts.count(most) + " images each";
  }

  private Block bars(List<Integer> labels) {
    return new Block.Bars(
        "Images in each class",
        "images",
        labels.stream().map(label -> Wording.className(dataset, label)).toList(),
        splits.stream()
            .map(
                split ->
                    Series.ofBars(
                        split.text(),
                        labels.stream().mapToDouble(label -> count(split, label)).toArray()))
            .toList(),
        true);
  }

  private List<Block> tables(List<Integer> labels) {
    List<Integer> largestFirst =
        labels.stream().sorted(Comparator.comparing((Integer label) -> -sum(label))).toList();
    int ends = Math.min(ENDS, labels.size() / 2);
    List<Block> blocks = new ArrayList<>();
    blocks.add(table("The largest classes", largestFirst.subList(0, ends)));
    blocks.add(
        table(
            "The smallest classes",
            largestFirst.subList(largestFirst.size() - ends, largestFirst.size())));
    if (labels.size() <= MOST_ROWS) {
      String all = "All " + Amounts.count(labels.size()) + " classes";
      blocks.add(new Block.Fold(all, List.of(table(all + ", by label number", labels))));
    }
    return blocks;
  }

  private Block table(String caption, List<Integer> labels) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("class"));
    splits.forEach(split -> columns.add(Column.figures(split.text())));
    columns.add(Column.figures("all"));
    List<List<String>> rows = new ArrayList<>();
    for (int label : labels) {
      List<String> row = new ArrayList<>();
      row.add(Wording.className(dataset, label));
      splits.forEach(split -> row.add(Amounts.count(count(split, label))));
      row.add(Amounts.count(sum(label)));
      rows.add(row);
    }
    return new Block.Table(caption, columns, rows);
  }

  private long sum(int label) {
    return splits.stream().mapToLong(split -> count(split, label)).sum();
  }

  private long count(Split split, int label) {
    return label < 0 ? dataset.unlabelled(split) : dataset.images(split, label);
  }
}
