package io.millrace.pipeline.card;

/**
 * A main figure.
 *
 * @param name what it is, e.g. {@code accuracy}
 * @param value with its unit, e.g. {@code 93.9 %}
 * @param note a few words below it, e.g. {@code 95 %: 92.2 to 95.2}; may be empty
 */
public record Figure(String name, String value, String note) {
  /** A figure without a note. */
  public Figure(String name, String value) {
    this(name, value, "");
  }
}
