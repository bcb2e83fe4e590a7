package io.millrace.jobs.init;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Recognition;
import io.millrace.pipeline.text.Amounts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to make a pipeline of.
 *
 * @param recognition of the place
 * @param channels that the source gives its pictures
 * @param classes names by label number
 * @param counts of the splits that have pictures
 * @param sizes of pictures; empty if none was measured
 * @param raw whether pictures are pixels whose size the format tells
 * @param notices of the source, in sentences
 * @param damaged share of the pictures looked at that can't be read, 0..1
 */
record Survey(
    Recognition recognition,
    int channels,
    List<String> classes,
    Map<Split, Count> counts,
    Optional<MeasuredSizes> sizes,
    boolean raw,
    List<String> notices,
    double damaged) {
  /**
   * One split.
   *
   * @param pictures that were listed
   * @param more whether there are more than were listed
   * @param labelled those with a label
   * @param classes how many labels occur
   * @param ids of the pictures that can be read if they are few, else none
   */
  record Count(long pictures, boolean more, long labelled, int classes, List<String> ids) {
    @Override
    public String toString() {
      return Amounts.count(pictures) + (more ? " or more" : "");
    }
  }

  /** The split with most pictures; train if nothing is known. */
  Split largest() {
    return counts.keySet().stream()
        .max(Comparator.comparing(split -> counts.get(split).pictures()))
        .orElse(Split.TRAIN);
  }
}
