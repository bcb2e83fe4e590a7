package io.millrace.jobs.init;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Recognition;
import io.millrace.pipeline.text.Amounts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about the pictures before a pipeline is made.
 *
 * @param recognition of the format
 * @param channels of the source's pictures
 * @param classes names by label number
 * @param counts of the splits that have pictures
 * @param sizes of pictures; empty if none were measured
 * @param raw whether pictures are raw pixels of a size that the format defines
 * @param notices of the source, as sentences
 * @param unreadable share of the examined files among the listed that are not whole pictures, 0..1
 * @param damaged share of all files that ingest will probably quarantine, 0..1
 */
record Survey(
    Recognition recognition,
    int channels,
    List<String> classes,
    Map<Split, Count> counts,
    Optional<MeasuredSizes> sizes,
    boolean raw,
    List<String> notices,
    double unreadable,
    double damaged) {
  /**
   * One split.
   *
   * @param pictures how many were listed
   * @param more whether there are more than were listed
   * @param labelled how many of them have a label
   * @param classes how many different labels occur
   * @param ids of the readable pictures, if there are few; otherwise empty
   */
  record Count(long pictures, boolean more, long labelled, int classes, List<String> ids) {
    @Override
    public String toString() {
      return Amounts.count(pictures) + (more ? " or more" : "");
    }
  }

  /** How many of the files of a count are probably pictures, by the examined ones; at least 1. */
  long readable(Count count) {
    return Math.max(1, Math.round(count.pictures() * (1 - unreadable)));
  }

  /** The split with most pictures; train if nothing is known. */
  Split largest() {
    return counts.keySet().stream()
        .max(Comparator.comparing(split -> counts.get(split).pictures()))
        .orElse(Split.TRAIN);
  }
}
