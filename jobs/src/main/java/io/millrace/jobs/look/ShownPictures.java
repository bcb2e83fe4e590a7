package io.millrace.jobs.look;

import io.millrace.jobs.page.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which pictures the page shows, by place.
 *
 * @param black the first that are nearly black
 * @param white the first that are nearly white
 * @param equal the first pictures of the first groups of equal ones
 * @param byClass spread evenly over each class
 */
record ShownPictures(
    List<Integer> black,
    List<Integer> white,
    List<List<Integer>> equal,
    Map<Integer, List<Integer>> byClass) {
  /** Pictures of one kind, such as nearly black ones. */
  private static final int OF_A_KIND = 24;

  private static final int OF_A_GROUP = 4;
  private static final int GALLERY = 240;
  private static final int OF_A_CLASS = 24;

  static ShownPictures of(Sight sight, EqualPictures equal, int classes) {
    return new ShownPictures(
        first(sight, Seen.Mark.NEAR_BLACK),
        first(sight, Seen.Mark.NEAR_WHITE),
        equal.groups().stream()
            .limit(OF_A_KIND)
            .map(group -> group.subList(0, Math.min(OF_A_GROUP, group.size())))
            .toList(),
        byClass(sight, Math.max(1, Math.min(OF_A_CLASS, GALLERY / Math.max(1, classes)))));
  }

  /** All of them; one may occur more than once. */
  List<Integer> all() {
    List<Integer> all = new ArrayList<>(black);
    all.addAll(white);
    equal.forEach(all::addAll);
    byClass.values().forEach(all::addAll);
    return all;
  }

  private static List<Integer> first(Sight sight, Seen.Mark mark) {
    return Arrays.stream(sight.places(mark)).limit(OF_A_KIND).boxed().toList();
  }

  /** Spread evenly, since the first of a class may all come from one folder. */
  private static Map<Integer, List<Integer>> byClass(Sight sight, int each) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int place = 0; place < sight.pictures(); place++) {
      if (sight.mark(place) != Seen.Mark.UNDECODABLE) {
        counts.merge(sight.label(place), 1, Integer::sum);
      }
    }
    Set<Integer> classes = Set.copyOf(Spread.evenly(List.copyOf(counts.keySet()), GALLERY));
    Map<Integer, List<Integer>> chosen = new TreeMap<>();
    Map<Integer, Integer> numbers = new TreeMap<>();
    for (int place = 0; place < sight.pictures(); place++) {
      int label = sight.label(place);
      if (sight.mark(place) != Seen.Mark.UNDECODABLE && classes.contains(label)) {
        int number = numbers.merge(label, 1, Integer::sum) - 1;
        List<Integer> some = chosen.computeIfAbsent(label, it -> new ArrayList<>());
        if (some.size() < each && number >= (long) counts.get(label) * some.size() / each) {
          some.add(place);
        }
      }
    }
    return chosen;
  }
}
