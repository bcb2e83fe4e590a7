package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Variant;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Converts Java's names to those in a pipeline file: {@code shardBytes} is {@code shard-bytes}. */
final class Kebab {
  private Kebab() {}

  static String key(RecordComponent component) {
    return words(component.getName());
  }

  static List<String> keys(Class<?> record) {
    List<String> keys = new ArrayList<>();
    for (RecordComponent component : Records.keysOf(record)) {
      keys.add(key(component));
    }
    return keys;
  }

  static String constant(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static String choice(Class<?> record) {
    Variant variant = record.getAnnotation(Variant.class);
    return variant == null || variant.value().isEmpty()
        ? words(record.getSimpleName())
        : variant.value();
  }

  private static String words(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
