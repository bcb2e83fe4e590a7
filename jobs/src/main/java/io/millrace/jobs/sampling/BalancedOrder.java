package io.millrace.jobs.sampling;

import io.millrace.jobs.random.Bits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An epoch that has every class as often as the others ({@link Shuffle.Balanced}). Turn t of a
 * class is a permutation of its images by (seed, class, t); each epoch continues where the one
 * before ended. Not for use by several threads, since the permutations are kept.
 */
final class BalancedOrder implements EpochOrder {
  private static final long DOMAIN = 0x42414C41L;
  private static final long SLOTS = 0;
  private static final long TURNS = 1;

  private final BlockRows rows;
  private final int[][] members;
  private final int[] slots;
  private final long key;
  private final int epoch;
  private final Map<Turn, int[]> turns = new HashMap<>();

  /**
   * @param view with its labels
   * @param epoch counted from 0
   */
  BalancedOrder(View view, long seed, int epoch) {
    this.rows = new BlockRows(view.blocks());
    this.members = byClass(view.labels());
    this.key = Bits.absorb(Bits.absorb(0, DOMAIN), seed);
    this.epoch = epoch;
    this.slots =
        Permutation.of(Math.toIntExact(view.size()), Bits.absorb(Bits.absorb(key, SLOTS), epoch));
  }

  @Override
  public Place at(long position) {
    int slot = slots[Math.toIntExact(position)];
    int classes = members.length;
    int ofClass = slot % classes;
    int length = members[ofClass].length;
    // If the images can't be divided evenly, the first classes have one more image an epoch.
    int perEpoch = (slots.length - ofClass + classes - 1) / classes;
    long number = (long) epoch * perEpoch + slot / classes;
    Turn turn = new Turn(ofClass, number / length);
    int index =
        length == 1 ? 0 : turns.computeIfAbsent(turn, this::permutation)[(int) (number % length)];
    int member = members[ofClass][index];
    Place place = rows.at(member);
    return new Place(place.shard(), place.group(), place.row(), turn.number);
  }

  private int[] permutation(Turn turn) {
    long drawn = Bits.absorb(Bits.absorb(Bits.absorb(key, TURNS), turn.ofClass), turn.number);
    return Permutation.of(members[turn.ofClass].length, drawn);
  }

  /** Rows of each class that has any, in order of class and row. */
  private static int[][] byClass(int[] labels) {
    Map<Integer, List<Integer>> byClass = new TreeMap<>();
    for (int row = 0; row < labels.length; row++) {
      byClass.computeIfAbsent(labels[row], label -> new ArrayList<>()).add(row);
    }
    return byClass.values().stream()
        .map(all -> all.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private record Turn(int ofClass, long number) {}
}
