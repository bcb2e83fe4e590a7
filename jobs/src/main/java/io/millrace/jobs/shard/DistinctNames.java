package io.millrace.jobs.shard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Class names of which no two are the same, as Hugging Face wants them. */
final class DistinctNames {
  private DistinctNames() {}

  /** Names that several classes have get the class's number: {@code crane (134)}. */
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
