package io.millrace.jobs.datasetcard;

import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.text.Amounts;
import io.millrace.pipeline.text.ValueText;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What {@code show} says of a dataset. */
public final class DatasetFacts {
  /** More classes than this are told by the fewest and the most. */
  private static final int FEW_CLASSES = 12;

  private DatasetFacts() {}

  /**
   * Of the dataset at {@code root}.
   *
   * @throws io.millrace.pipeline.CannotException if there is no readable dataset
   */
  public static List<Fact> of(URI root) {
    return rows(Dataset.open(root));
  }

  static List<Fact> rows(Dataset dataset) {
    List<Fact> rows = new ArrayList<>();
    String format = dataset.source().getOrDefault("format", "");
    String path = dataset.source().getOrDefault("path", "");
    rows.add(new Fact("source", path.isEmpty() ? format : format + " in " + path));
    List<String> splits = new ArrayList<>();
    for (Split split : Split.values()) {
      long images = dataset.images(split);
      if (images > 0) {
        splits.add(split.text() + " " + Amounts.count(images));
      }
    }
    String each = splits.size() > 1 ? ": " + String.join(", ", splits) : "";
    rows.add(
        new Fact(
            "images",
            Amounts.count(dataset.counts().out())
                + (splits.size() == 1 ? ", all " + splits.get(0).split(" ", -1)[0] : each)));
    List<String> names = dataset.classNames().stream().map(ValueText::name).toList();
    rows.add(
        new Fact(
            "classes", names.isEmpty() ? "none" : names.size() + ": " + ValueText.list(names)));
    for (Split split : Split.values()) {
      List<Long> counts = dataset.classCounts().getOrDefault(split.text(), List.of());
      if (!names.isEmpty() && dataset.images(split) > 0 && counts.size() == names.size()) {
        rows.add(new Fact(split.text() + " per class", perClass(names, counts)));
      }
    }
    rows.add(new Fact("records", records(dataset.counts())));
    dataset.ignored().sentences().forEach(sentence -> rows.add(new Fact("ignored", sentence)));
    if (!dataset.notes().isEmpty()) {
      rows.add(new Fact("of these", ValueText.of(dataset.notes())));
    }
    long bytes = dataset.shards().stream().mapToLong(ShardEntry::bytes).sum();
    rows.add(new Fact("shards", dataset.shards().size() + ", " + Amounts.bytes(bytes)));
    return rows;
  }

  private static String perClass(List<String> names, List<Long> counts) {
    long fewest = Collections.min(counts);
    long most = Collections.max(counts);
    if (fewest == most) {
      return Amounts.count(most) + " each";
    }
    if (names.size() <= FEW_CLASSES) {
      return ValueText.list(
          IntStream.range(0, names.size())
              .mapToObj(i -> names.get(i) + " " + Amounts.count(counts.get(i)))
              .toList());
    }
    return "from %s (%s) to %s (%s)"
        .formatted(
            Amounts.count(fewest),
            names.get(counts.indexOf(fewest)),
            Amounts.count(most),
            names.get(counts.indexOf(most)));
  }

  private static String records(Counts counts) {
    return "%s in, %s quarantined, %s left out; %s files ignored"
        .formatted(
            Amounts.count(counts.in()),
            Amounts.count(counts.quarantined()),
            Amounts.count(counts.leftOut()),
            Amounts.count(counts.ignored()));
  }
}
