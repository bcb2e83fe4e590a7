package io.millrace.jobs.look;

import io.millrace.jobs.datasetcard.RowRange;
import io.millrace.jobs.shard.Dataset;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * A look at every picture of a dataset, or at a sample of them that is spread over it.
 *
 * @param dataset to look at
 * @param sample how many pictures are looked at; all if empty
 */
public record DatasetLook(Dataset dataset, OptionalLong sample) {
  /** Enough for a fair sample, and few enough to be read from an object store in short time. */
  private static final int SAMPLED_GROUPS = 512;

  /**
   * Decodes the pictures and describes them.
   *
   * @throws CannotException if a shard is missing or damaged, or there are more pictures than can
   *     be compared at once
   */
  public Looked look(JobContext context) throws IOException {
    List<RowRange> ranges =
        sample.isPresent()
            ? RowRange.spread(dataset, SAMPLED_GROUPS, sample.getAsLong())
            : RowRange.all(dataset);
    if (RowRange.rows(ranges) > Integer.MAX_VALUE) {
      throw new CannotException(
          "look at " + dataset.root(),
          "it has more than two thousand million pictures; look at some by --sample");
    }
    Sight sight = Sight.of(dataset, ranges, sample.isEmpty(), context);
    EqualPictures equal = EqualPictures.of(sight);
    ShownPictures choice = ShownPictures.of(sight, equal, dataset.classNames().size());
    NavigableSet<Integer> places = new TreeSet<>(choice.all());
    Map<Integer, Shown> shown = Shown.of(dataset, sight, places, context);
    LookCard card = new LookCard(dataset, sight, equal, choice, shown);
    return new Looked(
        card.card(),
        sight.pictures(),
        sight.places(Seen.Mark.NEAR_BLACK).length,
        sight.places(Seen.Mark.NEAR_WHITE).length,
        equal.pictures(),
        sight.places(Seen.Mark.UNDECODABLE).length);
  }
}
