package io.millrace.jobs.shard;

import java.io.Serializable;

/**
 * The counts of a dataset; always {@code in = out + quarantined}.
 *
 * @param in every record, and every file where the layout keeps pictures
 * @param out pictures in shards
 * @param quarantined records and files that could not become a picture
 * @param ignored files that the format itself defines, and entries that the layout does not expect
 * @param leftOut pictures that were not wanted: other splits, other classes, not in the sample
 */
public record Counts(long in, long out, long quarantined, long ignored, long leftOut)
    implements Serializable {
  /** * Checks that no record was lost. * @throws IllegalArgumentException if a record was lost */
  public Counts {
    if (in != out + quarantined) {
      throw new IllegalArgumentException(
          "records were lost: " + in + " in, " + out + " out, " + quarantined + " quarantined");
    }
  }
}
