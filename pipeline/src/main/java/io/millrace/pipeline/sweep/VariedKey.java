package io.millrace.pipeline.sweep;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * A key of a pipeline file and the values that it takes.
 *
 * @param key such as {@code stages.model.batch}
 * @param values at least one, as HOCON texts
 */
public record VariedKey(String key, List<String> values) {
  /** Copies the list. */
  public VariedKey {
    values = List.copyOf(values);
  }

  /**
   * Reads {@code key=a,b,c}. Commas within brackets, braces and quotes are part of a value.
   *
   * @param where it was written, for messages
   * @throws ConfigurationException if there is no key or no value
   */
  public static VariedKey of(String text, String where) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new ConfigurationException(
          List.of(new Problem(where, "takes a key and values: write " + where + " KEY=A,B,C")));
    }
    List<String> values = split(text.substring(equals + 1));
    if (values.stream().anyMatch(String::isEmpty)) {
      throw new ConfigurationException(
          List.of(new Problem(where, "a value of " + text.substring(0, equals) + " is empty")));
    }
    return new VariedKey(text.substring(0, equals).strip(), values);
  }

  private static List<String> split(String text) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      quoted ^= letter == '"';
      if (!quoted && (letter == '[' || letter == '{')) {
        depth++;
      } else if (!quoted && (letter == ']' || letter == '}')) {
        depth--;
      }
      if (letter == ',' && depth == 0 && !quoted) {
        values.add(value.toString().strip());
        value.setLength(0);
      } else {
        value.append(letter);
      }
    }
    values.add(value.toString().strip());
    return values;
  }

  /** The last part of the key, for names and tables. */
  public String shortName() {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Whether it has several values. */
  boolean varies() {
    return values.size() > 1;
  }
}
