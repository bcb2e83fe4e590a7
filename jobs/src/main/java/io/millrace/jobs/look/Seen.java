package io.millrace.jobs.look;

import io.millrace.jobs.datasetcard.RowRange;
import io.millrace.jobs.datasetcard.SizeCount;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.jobs.stats.Histograms;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/** What was seen of the pictures of one range of rows, in order. */
final class Seen {
  /** Steps of the mean level from black to white. */
  static final int LEVELS = 10;

  private static final XXHash64 HASH = XXHashFactory.fastestJavaInstance().hash64();

  /** What is special about a picture. */
  enum Mark {
    NONE,
    NEAR_BLACK,
    NEAR_WHITE,
    UNDECODABLE
  }

  private final RowRange range;
  private final long[] hashes;
  private final int[] labels;
  private final Mark[] marks;
  private final long[] levels = new long[LEVELS];
  private final SizeCount sizes = new SizeCount();
  private Histograms histograms;
  private boolean mixed;
  private int rows;

  private Seen(RowRange range) {
    this.range = range;
    hashes = new long[range.rows()];
    labels = new int[range.rows()];
    marks = new Mark[range.rows()];
  }

  /**
   * Looks at a range.
   *
   * @param whole whether the shard is to be verified: all of it is read anyway
   */
  static Seen of(Dataset dataset, RowRange range, boolean whole) throws IOException {
    Seen seen = new Seen(range);
    try (ShardReader reader =
        whole
            ? ShardReader.open(dataset.root(), range.shard())
            : ShardReader.glance(dataset.root(), range.shard())) {
      reader.rows(range.group(), seen::add);
    }
    if (seen.histograms != null) {
      seen.histograms.settle();
    }
    return seen;
  }

  private boolean add(Picture picture) {
    labels[rows] = picture.label();
    sizes.add(picture);
    try {
      marks[rows] = mark(picture.decoded());
    } catch (CannotException undecodable) {
      marks[rows] = Mark.UNDECODABLE;
    }
    return ++rows < range.rows();
  }

  private Mark mark(Image image) {
    byte[] pixels = image.pixels();
    // Of another shape, the same bytes are another picture.
    long shape = (long) image.height() << Integer.SIZE | image.width();
    hashes[rows] = HASH.hash(pixels, 0, pixels.length, shape * image.channels());
    if (histograms == null) {
      histograms = new Histograms(image.channels());
    }
    if (histograms.channels() == image.channels()) {
      histograms.add(image.height() * image.width(), pixels, 0);
    } else {
      mixed = true;
    }
    Light light = Light.of(image);
    levels[Math.min(LEVELS - 1, (int) (light.mean() * LEVELS))]++;
    if (light.isNearBlack()) {
      return Mark.NEAR_BLACK;
    }
    return light.isNearWhite() ? Mark.NEAR_WHITE : Mark.NONE;
  }

  RowRange range() {
    return range;
  }

  /** Of the pixels of each picture. */
  long hash(int row) {
    return hashes[row];
  }

  int label(int row) {
    return labels[row];
  }

  Mark mark(int row) {
    return marks[row];
  }

  /** Pictures by mean level. */
  long[] levels() {
    return levels;
  }

  SizeCount sizes() {
    return sizes;
  }

  /**
   * The histograms of all pictures with the channels of the first one; null if none could be
   * decoded.
   */
  Histograms histograms() {
    return histograms;
  }

  /** Whether not all have the same channels. */
  boolean isMixed() {
    return mixed;
  }
}
