package io.millrace.jobs.record;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A setting's value, nearly as in a pipeline file. */
final class SettingText {
  private SettingText() {}

  /** Of maps, lists and single values. */
  static String of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> of(String.valueOf(entry.getKey()), entry.getValue()))
          .collect(Collectors.joining(", "));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(SettingText::element).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Double number && Double.isFinite(number) && number == Math.rint(number)) {
      return BigDecimal.valueOf(number).toBigInteger().toString();
    }
    return String.valueOf(value);
  }

  /** Braces separate the keys of one element from those of the next. */
  private static String element(Object value) {
    boolean choice =
        value instanceof Map<?, ?> map && map.values().stream().allMatch(Map.class::isInstance);
    return value instanceof Map<?, ?> && !choice ? "{ " + of(value) + " }" : of(value);
  }

  private static String of(String key, Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? key : key + " { " + of(map) + " }";
    }
    return key + " = " + of(value);
  }
}
