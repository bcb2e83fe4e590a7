package io.millrace.jobs.loss;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures of some examples, as sums over them. Floating-point sums depend on their order: merge
 * them in a fixed one.
 *
 * @param examples how many
 * @param sums by name, in the order in which they are shown; means are sum / examples
 */
public record Measures(long examples, Map<String, Double> sums) implements Serializable {
  /** Of no examples. */
  public static final Measures NONE = new Measures(0, Map.of());

  /** Copies the map. */
  public Measures {
    sums = Collections.unmodifiableMap(new LinkedHashMap<>(sums));
  }

  /** Of one sum. */
  public static Measures of(long examples, String name, double sum) {
    return new Measures(examples, Map.of(name, sum));
  }

  /** The same with one more sum. */
  public Measures with(String name, double sum) {
    Map<String, Double> more = new LinkedHashMap<>(sums);
    more.put(name, sum);
    return new Measures(examples, more);
  }

  /**
   * These, then those of further examples.
   *
   * @throws IllegalArgumentException if both are of examples and their names differ: a mean over
   *     all would be wrong
   */
  public Measures plus(Measures further) {
    if (examples > 0 && further.examples > 0 && !sums.keySet().equals(further.sums.keySet())) {
      throw new IllegalArgumentException(
          "Cannot add measures: some examples have %s and others %s"
              .formatted(sums.keySet(), further.sums.keySet()));
    }
    Map<String, Double> merged = new LinkedHashMap<>(sums);
    further.sums.forEach((name, value) -> merged.merge(name, value, Double::sum));
    return new Measures(examples + further.examples, merged);
  }

  /** The mean of each over the examples. */
  public Map<String, Double> means() {
    Map<String, Double> means = new LinkedHashMap<>();
    sums.forEach((name, sum) -> means.put(name, sum / examples));
    return means;
  }

  /** The sum of that name; 0 if there is none. */
  public double sum(String name) {
    return sums.getOrDefault(name, 0.0);
  }

  /** Whether every sum is a number; if not, the training has diverged. */
  public boolean areFinite() {
    return sums.values().stream().allMatch(Double::isFinite);
  }
}
