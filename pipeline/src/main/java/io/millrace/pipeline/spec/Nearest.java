package io.millrace.pipeline.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the name that a user who mistyped it probably meant. */
public final class Nearest {
  /** One wrong letter in so many is taken for a typing mistake. */
  private static final int LETTERS_PER_SLIP = 3;

  private Nearest() {}

  /** {@code "; did you mean 'workers'?"}, or nothing if no name is close. */
  public static String hint(String wrong, Collection<String> names) {
    return of(wrong, names).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  /** The closest name, if one is close or begins with what was written. */
  static Optional<String> of(String wrong, Collection<String> names) {
    int slips = Math.max(1, wrong.length() / LETTERS_PER_SLIP);
    return names.stream()
        .filter(name -> distance(wrong, name) <= slips || isBegun(name, wrong))
        .min(Comparator.comparingInt((String name) -> distance(wrong, name)).thenComparing(n -> n));
  }

  private static boolean isBegun(String name, String wrong) {
    return wrong.length() >= LETTERS_PER_SLIP && name.startsWith(wrong);
  }

  /** The hint, then all names after a heading such as {@code "the jobs are"}. */
  public static String hintAndList(String wrong, Collection<String> names, String heading) {
    String hint = hint(wrong, names);
    String list = names.stream().sorted().collect(Collectors.joining(", "));
    return (hint.isEmpty() ? "; " : hint + " ") + heading + ": " + (list.isEmpty() ? "none" : list);
  }

  /**
   * The number of insertions, deletions, replacements and swaps of neighbours between two words
   * (optimal string alignment; Damerau, A technique for computer detection and correction of
   * spelling errors, 1964).
   */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int differs = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + differs);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
