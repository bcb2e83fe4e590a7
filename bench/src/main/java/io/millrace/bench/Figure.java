package io.millrace.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One result.
 *
 * @param what was measured
 * @param ours the median of our runs
 * @param reference the median of the reference's runs; null if there is none
 * @param unit of both
 * @param ratio ours / reference; null without a reference
 * @param target in words; null if none is set. A ratio is better the higher it is, unless the
 *     target says "at most"
 * @param met whether the target is met; null without one
 */
record Figure(
    String what,
    double ours,
    Double reference,
    String unit,
    Double ratio,
    String target,
    Boolean met) {

  /** Ours must take at most a share of the reference's time. */
  static Figure atMostOf(String what, double ours, double reference, String unit, double most) {
    double ratio = ours / reference;
    return new Figure(what, ours, reference, unit, ratio, "at most " + most, ratio <= most);
  }

  /** Ours must reach at least a share of the reference's speed. */
  static Figure atLeastOf(String what, double ours, double reference, String unit, double least) {
    double ratio = ours / reference;
    return new Figure(what, ours, reference, unit, ratio, "at least " + least, ratio >= least);
  }

  /** Ours must take at most so much; there is nothing to compare with. */
  static Figure atMost(String what, double ours, String unit, double most) {
    String target = String.format(Locale.ROOT, "at most %.0f %s", most, unit);
    return new Figure(what, ours, null, unit, null, target, ours <= most);
  }

  /** Ours must reach at least so much; there is nothing to compare with. */
  static Figure atLeast(String what, double ours, String unit, double least) {
    String target = String.format(Locale.ROOT, "at least %.0f %s", least, unit);
    return new Figure(what, ours, null, unit, null, target, ours >= least);
  }

  /** A comparison without a target. */
  static Figure compared(String what, double ours, double reference, String unit) {
    return new Figure(what, ours, reference, unit, ours / reference, null, null);
  }

  /** A figure without a target. */
  static Figure alone(String what, double ours, String unit) {
    return new Figure(what, ours, null, unit, null, null, null);
  }

  /** As in {@code --json}. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("what", what);
    json.put("ours", ours);
    json.put("reference", reference);
    json.put("unit", unit);
    json.put("ratio", ratio);
    json.put("target", target);
    json.put("met", met);
    return json;
  }
}
