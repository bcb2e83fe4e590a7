package io.millrace.jobs.predict;

import io.millrace.jobs.model.Model;
import io.millrace.jobs.predict.Predicted.ClassCount;
import io.millrace.jobs.predict.Predicted.ReasonCount;
import io.millrace.jobs.predict.Predicted.SizeCount;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the lines, in memory that does not grow with their number. */
final class Summary {
  /** Pictures of one camera have a few sizes, pictures from the web some thousands. */
  private static final int MOST_SIZES = 10_000;

  private final Model model;
  private final long[] classes;
  private final Map<Size, Long> sizes = new LinkedHashMap<>();
  private final Map<String, ReasonCount> reasons = new LinkedHashMap<>();
  private long files;
  private long predicted;
  private long resized;

  private record Size(int height, int width) {}

  Summary(Model model) {
    this.model = model;
    this.classes = new long[model.classNames().size()];
  }

  void add(Line line) {
    files++;
    if (!line.isReadable()) {
      reasons.merge(
          line.reason(),
          new ReasonCount(line.reason(), 1, line.id()),
          (seen, one) -> new ReasonCount(seen.reason(), seen.files() + 1, seen.first()));
      return;
    }
    predicted++;
    classes[line.likeliest().labels()[0]]++;
    if (!model.takesWhole(line.height(), line.width())) {
      resized++;
      Size size = new Size(line.height(), line.width());
      if (sizes.size() < MOST_SIZES || sizes.containsKey(size)) {
        sizes.merge(size, 1L, Long::sum);
      }
    }
  }

  Predicted of(URI output) {
    List<ClassCount> named = new ArrayList<>();
    for (int label = 0; label < classes.length; label++) {
      if (classes[label] > 0) {
        named.add(new ClassCount(label, model.classNames().get(label), classes[label]));
      }
    }
    List<SizeCount> from = new ArrayList<>();
    sizes.forEach((size, count) -> from.add(new SizeCount(size.height(), size.width(), count)));
    List<ReasonCount> why = new ArrayList<>(reasons.values());
    // The sorts are stable: equal ones stay ordered by label, or by first occurrence.
    named.sort(Comparator.comparingLong(ClassCount::pictures).reversed());
    from.sort(Comparator.comparingLong(SizeCount::pictures).reversed());
    why.sort(Comparator.comparingLong(ReasonCount::files).reversed());
    return new Predicted(
        output,
        files,
        predicted,
        model.input(),
        resized,
        List.copyOf(from),
        List.copyOf(named),
        List.copyOf(why));
  }
}
