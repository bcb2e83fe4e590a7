package io.millrace.pipeline.card;

/**
 * A column of a table.
 *
 * @param numeric whether its cells are figures, which are aligned right
 */
public record Column(String name, boolean numeric) {
  /** A column of words. */
  public static Column words(String name) {
    return new Column(name, false);
  }

  /** A column of figures. */
  public static Column figures(String name) {
    return new Column(name, true);
  }
}
