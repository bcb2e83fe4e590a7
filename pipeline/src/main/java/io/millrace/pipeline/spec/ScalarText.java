package io.millrace.pipeline.spec;

import com.typesafe.config.ConfigValue;
import java.util.Optional;

/** The text of a single value as it was written: {@code 007} stays {@code 007}. */
final class ScalarText {
  private ScalarText() {}

  /** Empty for a list, an object or null. */
  static Optional<String> of(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> Optional.of(value.atKey("text").getString("text"));
      case LIST, OBJECT, NULL -> Optional.empty();
    };
  }

  /** A value for a message: the quoted text, or its kind. */
  static String shown(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> "'" + of(value).orElseThrow() + "'";
      case LIST -> "a list";
      case OBJECT -> "{ }";
      case NULL -> "null";
    };
  }
}
