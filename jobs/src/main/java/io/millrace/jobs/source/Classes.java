package io.millrace.jobs.source;

import java.util.List;

/**
 * The classes of a source. Their numbers do not depend on which of them are read.
 *
 * @param names by label number
 * @param synsets WordNet's names by label number; empty where the source has none
 */
public record Classes(List<String> names, List<String> synsets) {
  /** Classes without synsets. */
  public static Classes named(List<String> names) {
    return new Classes(List.copyOf(names), List.of());
  }

  /** The number of a class by its name or synset; -1 if there is none. */
  public int number(String name) {
    int number = synsets.indexOf(name);
    return number >= 0 ? number : names.indexOf(name);
  }
}
