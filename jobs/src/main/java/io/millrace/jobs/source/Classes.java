package io.millrace.jobs.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

  /** The classes of a synset or name, by number; none if there is no such class. */
  public List<Integer> numbers(String name) {
    int number = synsets.indexOf(name);
    return number >= 0 ? List.of(number) : named(name);
  }

  /** The names that several classes have, each with the numbers of these classes. */
  public Map<String, List<Integer>> sharedNames() {
    Map<String, List<Integer>> byName = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(i);
    }
    byName.values().removeIf(numbers -> numbers.size() == 1);
    return byName;
  }

  private List<Integer> named(String name) {
    return IntStream.range(0, names.size()).filter(i -> names.get(i).equals(name)).boxed().toList();
  }
}
