package io.millrace.jobs.record;

import io.millrace.jobs.files.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/** Takes named fields out of a JSON object one by one; the remaining numbers are measures. */
final class Fields {
  private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  private final Map<String, Object> left;

  Fields(Map<String, Object> json) {
    left = new LinkedHashMap<>(json);
    // These fields say what sent an event, and when.
    left.keySet().removeAll(List.of("event", "time", "stage"));
    left.values().removeIf(Objects::isNull);
  }

  int whole(String name) {
    return left.remove(name) instanceof Number number ? number.intValue() : 0;
  }

  double number(String name) {
    return value(left.remove(name)).orElse(0);
  }

  List<Double> numbers(String name) {
    return left.remove(name) instanceof List<?> list
        ? list.stream().map(it -> value(it).orElse(Double.NaN)).toList()
        : List.of();
  }

  /** Null if there is none. */
  RoundTimes times(String name) {
    Object value = left.remove(name);
    return value == null ? null : Json.of(value, RoundTimes.class);
  }

  Map<String, Double> measures() {
    Map<String, Double> measures = new LinkedHashMap<>();
    left.forEach((name, given) -> value(given).ifPresent(it -> measures.put(name, it)));
    return measures;
  }

  /** JSON has no NaN and no infinity: they are written as texts. */
  private static OptionalDouble value(Object given) {
    if (given instanceof Number number) {
      return OptionalDouble.of(number.doubleValue());
    }
    return given instanceof String text && NO_NUMBERS.contains(text)
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }
}
