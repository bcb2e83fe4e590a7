package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Flattens {@code spark { executor { memory = 4g } }} to {@code spark.executor.memory}. */
final class SparkSettings {
  private SparkSettings() {}

  /** Adds the keys of an object's {@code spark}, at any depth. */
  static void read(
      Optional<ConfigValue> spark, String label, Problems problems, Map<String, String> into) {
    if (spark.isEmpty() || Syntax.isUnresolved(spark.get())) {
      return;
    }
    if (spark.get() instanceof ConfigObject object) {
      flatten(object, StageKeys.SPARK, into);
    } else if (spark.get().valueType() != ConfigValueType.NULL) {
      String shown = ScalarText.shown(spark.get());
      problems.add(
          Place.of(spark.get()),
          Mark.key(label),
          label + ": " + shown + " can't be used: write spark { master = ... }");
    }
  }

  private static void flatten(ConfigObject object, String path, Map<String, String> into) {
    object.forEach(
        (key, value) -> {
          String name = path + "." + key;
          if (value instanceof ConfigObject inner) {
            flatten(inner, name, into);
          } else if (!Syntax.isUnresolved(value)) {
            text(value).ifPresent(text -> into.put(name, text));
          }
        });
  }

  /** Spark's lists are separated by commas. */
  private static Optional<String> text(ConfigValue value) {
    return value instanceof ConfigList list
        ? Optional.of(
            list.stream().flatMap(v -> ScalarText.of(v).stream()).collect(Collectors.joining(",")))
        : ScalarText.of(value);
  }
}
