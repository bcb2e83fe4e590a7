package io.millrace.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Alternating runs of ours and of the reference, so that a machine that becomes slower slows both.
 *
 * @param ours median of our runs
 * @param reference median of the reference's runs
 */
record Turns(double ours, double reference) {
  private static final String OURS = "ours";
  private static final String REFERENCE = "reference";

  static Turns taken(Setting setting, String unit, Run ours, Run reference)
      throws IOException, InterruptedException {
    Map<String, Run> both = new LinkedHashMap<>();
    both.put(REFERENCE, reference);
    both.put(OURS, ours);
    Map<String, Double> medians = medians(setting, unit, both);
    return new Turns(medians.get(OURS), medians.get(REFERENCE));
  }

  /** The medians of several that run in turn, in the map's order. */
  static Map<String, Double> medians(Setting setting, String unit, Map<String, Run> all)
      throws IOException, InterruptedException {
    Map<String, double[]> found = new LinkedHashMap<>();
    all.keySet().forEach(name -> found.put(name, new double[setting.runs()]));
    for (int run = 0; run < setting.runs(); run++) {
      StringJoiner words = new StringJoiner(", ");
      for (Map.Entry<String, Run> each : all.entrySet()) {
        double measured = each.getValue().measure(run);
        found.get(each.getKey())[run] = measured;
        words.add(String.format(Locale.ROOT, "%s %.2f %s", each.getKey(), measured, unit));
      }
      setting.say().accept("run %d of %d: %s".formatted(run + 1, setting.runs(), words));
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    found.forEach((name, values) -> medians.put(name, median(values)));
    return medians;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** One measured run. */
  @FunctionalInterface
  interface Run {
    /**
     * @param number from 0
     * @return seconds or a rate
     */
    double measure(int number) throws IOException, InterruptedException;
  }
}
