package io.millrace.jobs.look;

import io.millrace.jobs.datasetcard.RowRange;
import io.millrace.jobs.datasetcard.SizeCount;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.stats.Histograms;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** What was found in each picture of a dataset; a picture's place counts from 0. */
final class Sight {
  private final List<Seen> parts;
  private final int[] starts;

  private Sight(List<Seen> parts) {
    this.parts = parts;
    starts = new int[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      starts[i + 1] = Math.addExact(starts[i], parts.get(i).range().rows());
    }
  }

  /**
   * Looks at all pictures of these ranges.
   *
   * @param whole whether they are the whole dataset
   */
  static Sight of(Dataset dataset, List<RowRange> ranges, boolean whole, JobContext context)
      throws IOException {
    try (JobContext.Progress progress =
        context.progress("look", RowRange.rows(ranges), "pictures")) {
      List<Callable<Seen>> tasks = new ArrayList<>(ranges.size());
      for (RowRange range : ranges) {
        tasks.add(
            () -> {
              Seen seen = Seen.of(dataset, range, whole);
              progress.advance(range.rows());
              return seen;
            });
      }
      return new Sight(Threads.run(tasks));
    }
  }

  int pictures() {
    return starts[parts.size()];
  }

  /** The places with that mark, in order. */
  int[] places(Seen.Mark mark) {
    return IntStream.range(0, pictures()).filter(place -> mark(place) == mark).toArray();
  }

  RowRange range(int place) {
    return parts.get(part(place)).range();
  }

  /** The number within its range. */
  int row(int place) {
    return place - starts[part(place)];
  }

  long hash(int place) {
    return parts.get(part(place)).hash(row(place));
  }

  int label(int place) {
    return parts.get(part(place)).label(row(place));
  }

  Seen.Mark mark(int place) {
    return parts.get(part(place)).mark(row(place));
  }

  SizeCount sizes() {
    SizeCount all = new SizeCount();
    parts.forEach(part -> all.add(part.sizes()));
    return all;
  }

  /** Pictures by mean level, from black to white. */
  long[] levels() {
    long[] all = new long[Seen.LEVELS];
    parts.forEach(part -> Arrays.setAll(all, i -> all[i] + part.levels()[i]));
    return all;
  }

  /** Of all pictures; empty if not all have the same channels. */
  Optional<Histograms> histograms() {
    Histograms all = null;
    for (Seen part : parts) {
      Histograms some = part.histograms();
      if (some == null) {
        continue;
      }
      if (all == null) {
        all = new Histograms(some.channels());
      }
      if (part.isMixed() || all.channels() != some.channels()) {
        return Optional.empty();
      }
      all.add(some);
    }
    return Optional.ofNullable(all);
  }

  private int part(int place) {
    int found = Arrays.binarySearch(starts, place);
    return found >= 0 ? found : -found - 2;
  }
}
