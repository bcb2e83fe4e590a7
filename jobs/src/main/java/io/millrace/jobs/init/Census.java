package io.millrace.jobs.init;

import io.millrace.jobs.random.Bits;
import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** Counts a source's pictures, up to a limit, and draws a sample of them. */
final class Census implements Lister.Sink {
  /** At most that many pictures of a split are listed. */
  private static final int MOST = 100_000;

  /** The validation view of a split with more pictures is never empty. */
  private static final int FEW = 1000;

  private final int sampleSize;
  private final Map<Split, Tally> tallies = new EnumMap<>(Split.class);
  private final PriorityQueue<Entry> sample =
      new PriorityQueue<>(Comparator.comparing(Census::rank).reversed());
  private long rejected;

  private Census(int sampleSize) {
    this.sampleSize = sampleSize;
  }

  private static final class Tally {
    private long pictures;
    private boolean more;
    private long labelled;
    private final BitSet labels = new BitSet();
    private final List<String> ids = new ArrayList<>();
  }

  /** Ends the listing of a part when enough pictures of its split are listed. */
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  static Census of(Contents contents, int sampleSize) throws IOException {
    Census census = new Census(sampleSize);
    census.rejected = contents.rejects().size();
    for (Part part : contents.parts()) {
      Tally tally = census.tallies.get(part.split());
      if (tally != null && tally.more) {
        continue;
      }
      try {
        contents.lister().list(part, census);
      } catch (Enough enough) {
        // Other parts may belong to other splits.
      }
    }
    return census;
  }

  /**
   * The counts by split, without splits that have no pictures.
   *
   * @param unreadable ids of files that turned out not to be pictures
   */
  Map<Split, Survey.Count> counts(Set<String> unreadable) {
    Map<Split, Survey.Count> counts = new EnumMap<>(Split.class);
    tallies.forEach(
        (split, it) ->
            counts.put(
                split,
                new Survey.Count(
                    it.pictures,
                    it.more,
                    it.labelled,
                    it.labels.cardinality(),
                    it.pictures > FEW
                        ? List.of()
                        : it.ids.stream().filter(id -> !unreadable.contains(id)).toList())));
    return counts;
  }

  /** The drawn pictures in random order, so that its beginning is a sample too. */
  List<Entry> sample() {
    return sample.stream().sorted(Comparator.comparing(Census::rank)).toList();
  }

  /** How many listed files are not pictures. */
  long rejected() {
    return rejected;
  }

  private static long rank(Entry entry) {
    return Bits.absorb(0, Bits.idHash(entry.id()));
  }

  @Override
  public void entry(Entry entry) throws IOException {
    Tally tally = tallies.computeIfAbsent(entry.split(), split -> new Tally());
    if (tally.pictures == MOST) {
      tally.more = true;
      throw new Enough();
    }
    tally.pictures++;
    if (tally.pictures <= FEW) {
      tally.ids.add(entry.id());
    }
    if (entry.label() != Entry.NO_LABEL) {
      tally.labelled++;
      tally.labels.set(entry.label());
    }
    sample.add(entry);
    if (sample.size() > sampleSize) {
      sample.remove();
    }
  }

  @Override
  public void reject(Reject reject) {
    rejected++;
  }

  @Override
  public void leftOut(long pictures) {}

  @Override
  public void ignored(IgnoredFiles.Kind kind, String example, long files) {}
}
