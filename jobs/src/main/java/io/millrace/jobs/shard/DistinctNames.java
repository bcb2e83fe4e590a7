package io.millrace.jobs.shard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Distinct class names, as Hugging Face needs them. */
final class DistinctNames {
  private DistinctNames() {}

  /** Appends the class's number to names that several classes have: {@code crane (134)}. */
  static List<String> of(List<String> names) {
    Map<String, Integer> classes = new HashMap<>();
    names.forEach(name -> classes.merge(name, 1, Integer::sum));
    Set<String> taken = new HashSet<>(names);
    List<String> distinct = new ArrayList<>();
    for (int number = 0; number < names.size(); number++) {
      String name = names.get(number);
      if (classes.get(name) > 1) {
        do {
          name += " (" + number + ")";
        } while (!taken.add(name));
      }
      distinct.add(name);
    }
    return distinct;
  }
}
