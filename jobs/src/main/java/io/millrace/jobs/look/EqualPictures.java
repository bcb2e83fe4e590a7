package io.millrace.jobs.look;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pictures with the same pixels.
 *
 * @param groups places of pictures that are equal to each other; groups across classes or splits
 *     come first
 * @param acrossClasses groups with more than one label
 * @param acrossSplits groups with pictures of more than one split
 */
record EqualPictures(List<List<Integer>> groups, long acrossClasses, long acrossSplits) {
  static EqualPictures of(Sight sight) {
    Map<Long, List<Integer>> byHash = new LinkedHashMap<>();
    Set<Long> repeated = repeated(sight);
    for (int place = 0; place < sight.pictures(); place++) {
      long hash = sight.hash(place);
      if (repeated.contains(hash) && sight.mark(place) != Seen.Mark.UNDECODABLE) {
        byHash.computeIfAbsent(hash, it -> new ArrayList<>()).add(place);
      }
    }
    List<List<Integer>> groups = new ArrayList<>(byHash.values());
    groups.removeIf(group -> group.size() < 2);
    // Stable, so that groups of a kind stay in the dataset's order.
    groups.sort(
        Comparator.comparing(
            group -> !(isAcrossClasses(sight, group) || isAcrossSplits(sight, group))));
    return new EqualPictures(
        groups,
        groups.stream().filter(group -> isAcrossClasses(sight, group)).count(),
        groups.stream().filter(group -> isAcrossSplits(sight, group)).count());
  }

  /** Pictures that are equal to an earlier one. */
  long pictures() {
    return groups.stream().mapToLong(group -> group.size() - 1L).sum();
  }

  private static Set<Long> repeated(Sight sight) {
    long[] hashes = new long[sight.pictures()];
    Arrays.setAll(hashes, sight::hash);
    Arrays.sort(hashes);
    Set<Long> repeated = new HashSet<>();
    for (int i = 1; i < hashes.length; i++) {
      if (hashes[i] == hashes[i - 1]) {
        repeated.add(hashes[i]);
      }
    }
    return repeated;
  }

  private static boolean isAcrossClasses(Sight sight, List<Integer> group) {
    return group.stream().map(sight::label).distinct().count() > 1;
  }

  private static boolean isAcrossSplits(Sight sight, List<Integer> group) {
    return group.stream().map(place -> sight.range(place).shard().split()).distinct().count() > 1;
  }
}
