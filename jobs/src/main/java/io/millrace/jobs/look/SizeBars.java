package io.millrace.jobs.look;

import io.millrace.jobs.datasetcard.SizeCount;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Series;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** How large pictures are, and of which shape. */
final class SizeBars {
  private static final int[] SIDES = {
    16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096
  };

  /** Width, then height: the shapes that cameras and screens have. */
  private static final int[][] RATIOS = {
    {1, 4}, {1, 3}, {1, 2}, {9, 16}, {2, 3}, {3, 4}, {4, 5}, {1, 1}, {5, 4}, {4, 3}, {3, 2},
    {16, 9}, {2, 1}, {3, 1}, {4, 1}
  };

  private final Map<SizeCount.Size, Long> sizes;

  SizeBars(Map<SizeCount.Size, Long> sizes) {
    this.sizes = sizes;
  }

  /** Nothing where all have one size. */
  List<Block> blocks() {
    if (sizes.size() < 2) {
      return List.of();
    }
    return List.of(
        bars("Shorter side, in pixels", sideNames(), SizeBars::side),
        bars(
            "Width to height, nearest common ratio",
            Arrays.stream(RATIOS).map(it -> it[0] + ":" + it[1]).toList(),
            SizeBars::ratio));
  }

  /** From the first to the last bar that isn't empty. */
  private Block bars(String title, List<String> names, ToIntFunction<SizeCount.Size> bar) {
    double[] counts = new double[names.size()];
    sizes.forEach((size, count) -> counts[bar.applyAsInt(size)] += count);
    int first = 0;
    while (counts[first] == 0) {
      first++;
    }
    int end = counts.length;
    while (counts[end - 1] == 0) {
      end--;
    }
    return new Block.Bars(
        title,
        "images",
        names.subList(first, end),
        List.of(Series.ofBars("images", Arrays.copyOfRange(counts, first, end))),
        false);
  }

  private static List<String> sideNames() {
    String[] names = new String[SIDES.length + 1];
    names[0] = "to " + SIDES[0];
    for (int i = 1; i < SIDES.length; i++) {
      names[i] = SIDES[i - 1] + 1 + "\u2013" + SIDES[i];
    }
    names[SIDES.length] = "over " + SIDES[SIDES.length - 1];
    return List.of(names);
  }

  private static int side(SizeCount.Size size) {
    int found = Arrays.binarySearch(SIDES, Math.min(size.height(), size.width()));
    return found >= 0 ? found : -found - 1;
  }

  private static int ratio(SizeCount.Size size) {
    double own = Math.log((double) size.width() / size.height());
    int nearest = 0;
    for (int i = 1; i < RATIOS.length; i++) {
      if (distance(own, i) < distance(own, nearest)) {
        nearest = i;
      }
    }
    return nearest;
  }

  private static double distance(double own, int ratio) {
    return Math.abs(own - Math.log((double) RATIOS[ratio][0] / RATIOS[ratio][1]));
  }
}
