package io.millrace.jobs.evaluate;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** How often each true class was predicted as each class; cells that are 0 take no memory. */
final class Confusion implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int classes;
  private final HashMap<Long, Long> counts = new HashMap<>();

  Confusion(int classes) {
    this.classes = classes;
  }

  void add(int label, int predicted) {
    counts.merge((long) label * classes + predicted, 1L, Long::sum);
  }

  void merge(Confusion other) {
    other.counts.forEach((cell, count) -> counts.merge(cell, count, Long::sum));
  }

  /** {@code [true][predicted]}. */
  long[][] table() {
    long[][] table = new long[classes][classes];
    for (Map.Entry<Long, Long> cell : counts.entrySet()) {
      table[(int) (cell.getKey() / classes)][(int) (cell.getKey() % classes)] = cell.getValue();
    }
    return table;
  }
}
