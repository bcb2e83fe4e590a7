package io.millrace.jobs.shard;

import java.util.Locale;

/** The part of a dataset that an image belongs to. */
public enum Split {
  TRAIN,
  VAL,
  TEST;

  /** The name as it stands in paths and configuration: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
