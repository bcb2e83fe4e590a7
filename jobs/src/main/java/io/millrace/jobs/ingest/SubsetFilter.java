package io.millrace.jobs.ingest;

import io.millrace.jobs.random.Bits;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Classes;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Subset;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Decides which entries are wanted, from the subset, the seed and the ids, never from tasks. Its
 * random numbers are independent of those for the order in shards, so that a sample is spread
 * evenly over all shards.
 */
final class SubsetFilter {
  private static final long SAMPLE = 0x53414D50L;
  private static final long LIMIT = 0x4C494D49L;

  private final Subset subset;
  private final Unlabelled unlabelled;
  private final BitSet classes;
  private final long sampleKey;
  private final long limitKey;
  private final Map<Group, PriorityQueue<Long>> smallest = new HashMap<>();

  private record Group(Split split, int label) {}

  /** A pass over all entries. */
  @FunctionalInterface
  interface Pass {
    void over(EntryFile.Visitor visitor) throws IOException;
  }

  /**
   * @param what the user wants to do, for a message
   * @throws CannotException if there is no such class
   */
  SubsetFilter(Subset subset, Unlabelled unlabelled, Classes classes, long seed, String what) {
    this.subset = subset;
    this.unlabelled = unlabelled;
    this.classes = numbers(subset, classes, what);
    this.sampleKey = Bits.absorb(Bits.absorb(0, SAMPLE), seed);
    this.limitKey = Bits.absorb(Bits.absorb(0, LIMIT), seed);
  }

  /** Finds which pictures of each class are within its limit, if there is one. */
  void prepare(Pass pass) throws IOException {
    if (subset.perClassLimit().isEmpty()) {
      return;
    }
    int limit = subset.perClassLimit().get();
    pass.over(
        entry -> {
          if (isSampled(entry)) {
            PriorityQueue<Long> ranks =
                smallest.computeIfAbsent(
                    new Group(entry.split(), entry.label()),
                    group -> new PriorityQueue<>(Collections.reverseOrder()));
            ranks.add(rank(entry));
            if (ranks.size() > limit) {
              ranks.remove();
            }
          }
        });
  }

  /** Whether a picture is wanted. */
  boolean takes(Entry entry) {
    if (subset.isAll()) {
      return isLabelledEnough(entry);
    }
    if (!isSampled(entry)) {
      return false;
    }
    return subset.perClassLimit().isEmpty()
        || rank(entry) <= smallest.get(new Group(entry.split(), entry.label())).element();
  }

  private boolean isLabelledEnough(Entry entry) {
    return unlabelled == Unlabelled.KEEP || entry.label() != Entry.NO_LABEL;
  }

  private boolean isSampled(Entry entry) {
    if (!isLabelledEnough(entry)) {
      return false;
    }
    if (subset.split().isPresent() && subset.split().get() != entry.split()) {
      return false;
    }
    if (!subset.classes().isEmpty() && (entry.label() < 0 || !classes.get(entry.label()))) {
      return false;
    }
    double share = subset.sample().fraction();
    return share >= 1 || Bits.unit(Bits.absorb(sampleKey, Bits.idHash(entry.id()))) < share;
  }

  private long rank(Entry entry) {
    return Bits.absorb(limitKey, Bits.idHash(entry.id()));
  }

  private static BitSet numbers(Subset subset, Classes classes, String what) {
    BitSet numbers = new BitSet();
    for (String name : subset.classes()) {
      List<Integer> named = classes.numbers(name);
      if (named.isEmpty()) {
        throw new CannotException(
            what,
            "it has no class '"
                + name
                + (name.contains(",") ? "' (several are written [a, b])" : "'")
                + "; its classes are "
                + shown(classes.synsets().isEmpty() ? classes.names() : classes.synsets()));
      }
      named.forEach(numbers::set);
    }
    return numbers;
  }

  private static String shown(List<String> names) {
    int most = 12;
    String some = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.isEmpty() ? "none" : names.size() > most ? some + ", ..." : some;
  }
}
