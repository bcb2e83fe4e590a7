package io.millrace.jobs.source.folder;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A regular expression, guessed from files' names, that finds their classes in them.
 *
 * @param regex whose first group is the class
 * @param example a name that it was found in
 */
record GuessedNamePattern(String regex, String example) {
  /** {@code cat.0.jpg}, {@code great_pyrenees_17.png}; and {@code 17_cat.png}. */
  private static final List<String> FORMS =
      List.of("^(.*?\\p{L})[ ._(-]*\\d+\\)?\\.\\w+$", "^\\d+[ ._-]+(\\p{L}[^.]*?)\\.\\w+$");

  /** Prefixes of names that cameras and tools give to all their files. */
  private static final Set<String> NO_CLASSES =
      Set.of(
          "dsc",
          "dscf",
          "dscn",
          "frame",
          "image",
          "img",
          "p",
          "photo",
          "pic",
          "picture",
          "pxl",
          "scan",
          "screenshot",
          "snapshot",
          "vid");

  /** Names that an expression may miss. */
  private static final double MISSED = 0.005;

  /** With fewer pictures a class, on average, the names are not classes. */
  private static final int FEWEST = 2;

  /** The first form that nearly all names have, with several classes. */
  static Optional<GuessedNamePattern> of(List<String> names) {
    for (String regex : FORMS) {
      NamePattern pattern = NamePattern.of(regex);
      Set<String> classes = new HashSet<>();
      String example = "";
      long missed = 0;
      for (String name : names) {
        Optional<String> found = pattern.classOf(name);
        found.ifPresent(classes::add);
        missed += found.isEmpty() ? 1 : 0;
        example = found.isPresent() && example.isEmpty() ? name : example;
      }
      boolean meant =
          classes.stream().noneMatch(it -> NO_CLASSES.contains(it.toLowerCase(Locale.ROOT)));
      if (meant
          && classes.size() > 1
          && missed <= MISSED * names.size()
          && names.size() >= (long) FEWEST * classes.size()) {
        return Optional.of(new GuessedNamePattern(regex, example));
      }
    }
    return Optional.empty();
  }
}
