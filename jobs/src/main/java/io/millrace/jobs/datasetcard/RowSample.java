package io.millrace.jobs.datasetcard;

import io.millrace.jobs.page.Spread;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A few rows from all over a dataset: their sizes, and the first pictures of each class. */
final class RowSample {
  private static final int GROUPS = 16;
  private static final int ROWS = 1024;
  private static final long BYTES = 32L << 20;
  private static final int FEW_CLASSES = 12;
  private static final int A_CLASS_OF_FEW = 6;
  private static final int PICTURES = 96;

  private final Map<Integer, List<Picture>> byClass = new TreeMap<>();
  private final SizeCount sizes = new SizeCount();
  private final int aClass;

  private RowSample(int classes) {
    aClass = classes <= FEW_CLASSES ? A_CLASS_OF_FEW : Math.max(1, PICTURES / classes);
  }

  /** Reads the sample. */
  static RowSample of(Dataset dataset) throws IOException {
    RowSample sample = new RowSample(Math.max(1, dataset.classNames().size()));
    List<RowRange> ranges = RowRange.spread(dataset, GROUPS, ROWS);
    for (RowRange range : ranges) {
      try (ShardReader reader = ShardReader.glance(dataset.root(), range.shard())) {
        reader.rows(range.group(), sample.upTo(range.rows(), BYTES / ranges.size()));
      }
    }
    return sample;
  }

  private ShardReader.RowSink upTo(int rows, long bytes) {
    return new ShardReader.RowSink() {
      private int rowsLeft = rows;
      private long bytesLeft = bytes;

      @Override
      public boolean take(Picture picture) {
        add(picture);
        bytesLeft -= picture.image().length;
        return --rowsLeft > 0 && bytesLeft > 0;
      }
    };
  }

  private void add(Picture picture) {
    sizes.add(picture);
    List<Picture> seen = byClass.computeIfAbsent(picture.label(), label -> new ArrayList<>());
    if (seen.size() < aClass) {
      seen.add(picture);
    }
  }

  SizeCount sizes() {
    return sizes;
  }

  /** Whether each class gets a row of pictures of its own. */
  boolean isOfFewClasses() {
    return aClass == A_CLASS_OF_FEW;
  }

  /**
   * The pictures of each class, or of some classes if there are too many for a page; pictures
   * without a class have key -1.
   */
  Map<Integer, List<Picture>> byClass() {
    List<Integer> shown = Spread.evenly(List.copyOf(byClass.keySet()), PICTURES);
    Map<Integer, List<Picture>> some = new TreeMap<>(byClass);
    some.keySet().retainAll(Set.copyOf(shown));
    return some;
  }
}
