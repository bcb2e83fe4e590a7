package io.millrace.jobs.source.folder;

import java.util.Comparator;

/** Sorts class names, with numbers by their value: 2 before 10. */
final class ClassOrder {
  static final Comparator<String> NATURAL =
      Comparator.comparing((String name) -> isNumber(name) ? 0 : 1)
          .thenComparing(name -> isNumber(name) ? Long.parseLong(name) : 0L)
          .thenComparing(Comparator.naturalOrder());

  private static final int MOST_DIGITS = 18;

  private ClassOrder() {}

  private static boolean isNumber(String name) {
    return !name.isEmpty()
        && name.length() <= MOST_DIGITS
        && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
