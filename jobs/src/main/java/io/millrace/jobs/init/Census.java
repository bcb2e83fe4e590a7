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

/** Counts a source's pictures, as far as they are worth counting, and draws a sample of them. */
final class Census implements Lister.Sink {
  /** Pictures of a split that are listed, at most. */
  private static final int MOST = 100_000;

  /** A validation view of more pictures than this is never empty. */
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

  /** Ends the listing of a part whose split is listed far enough. */
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
        // Other parts may be of other splits.
      }
    }
    return census;
  }

  /**
   * By split; none of a split without pictures.
   *
   * @param unreadable ids of what turned out to be no pictures
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

  /** The pictures drawn, in the order of the draw: so its beginning is a sample too. */
  List<Entry> sample() {
    return sample.stream().sorted(Comparator.comparing(Census::rank)).toList();
  }

  /** What was listed and is no picture. */
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
