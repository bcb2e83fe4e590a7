package io.millrace.jobs.page;

import io.millrace.jobs.shard.Dataset;

/** Names and sizes as a page shows them. */
public final class Wording {
  private static final int NAME_LENGTH = 40;

  /** Shown instead of a class's name where there is none. */
  static final String UNLABELLED = "(no label)";

  private Wording() {}

  /** {@code 480 x 640}: height, then width. */
  public static String size(int height, int width) {
    return height + " \u00d7 " + width;
  }

  /** A class's name, shortened; a label that has none is shown as a number. */
  public static String className(Dataset dataset, int label) {
    if (label < 0) {
      return UNLABELLED;
    }
    return label < dataset.classNames().size()
        ? shortened(dataset.classNames().get(label))
        : "class " + label;
  }

  /** The beginning of what is too long for a chart or a column. */
  public static String shortened(String text) {
    int length = text.codePointCount(0, text.length());
    return length <= NAME_LENGTH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, NAME_LENGTH - 1)) + "\u2026";
  }
}
