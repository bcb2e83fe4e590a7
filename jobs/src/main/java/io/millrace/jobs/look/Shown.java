package io.millrace.jobs.look;

import io.millrace.jobs.datasetcard.RowRange;
import io.millrace.jobs.image.codec.Thumbnail;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * A picture that is shown on the page.
 *
 * @param id of the picture
 * @param label the class's number, -1 = none
 * @param split it stands in
 * @param small its pixels
 */
record Shown(String id, int label, Split split, Thumbnail small) {
  private static final int SIDE = 128;

  /** The pictures at these places; their row groups are read once more. */
  static Map<Integer, Shown> of(
      Dataset dataset, Sight sight, NavigableSet<Integer> places, JobContext context)
      throws IOException {
    Map<RowRange, SortedMap<Integer, Integer>> wanted = new LinkedHashMap<>();
    for (int place : places) {
      wanted
          .computeIfAbsent(sight.range(place), range -> new TreeMap<>())
          .put(sight.row(place), place);
    }
    Map<Integer, Shown> shown = new TreeMap<>();
    try (JobContext.Progress progress = context.progress("show", places.size(), "pictures")) {
      List<Callable<Map<Integer, Shown>>> tasks = new ArrayList<>(wanted.size());
      wanted.forEach(
          (range, rows) ->
              tasks.add(
                  () -> {
                    Map<Integer, Shown> some = of(dataset, range, rows);
                    progress.advance(some.size());
                    return some;
                  }));
      Threads.run(tasks).forEach(shown::putAll);
    }
    return shown;
  }

  private static Map<Integer, Shown> of(
      Dataset dataset, RowRange range, SortedMap<Integer, Integer> placeByRow) throws IOException {
    Map<Integer, Shown> shown = new TreeMap<>();
    NavigableSet<Integer> left = new TreeSet<>(placeByRow.keySet());
    int[] row = {0};
    try (ShardReader reader = ShardReader.glance(dataset.root(), range.shard())) {
      reader.rows(
          range.group(),
          picture -> {
            if (left.remove(row[0])) {
              shown.put(placeByRow.get(row[0]), of(picture, range.shard().split()));
            }
            row[0]++;
            return !left.isEmpty();
          });
    }
    return shown;
  }

  private static Shown of(Picture picture, Split split) {
    return new Shown(picture.id(), picture.label(), split, Thumbnail.of(picture.decoded(), SIDE));
  }
}
