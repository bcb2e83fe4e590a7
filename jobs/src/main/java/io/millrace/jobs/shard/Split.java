package io.millrace.jobs.shard;

import java.util.Locale;

/** The part of a dataset that an image belongs to. */
public enum Split {
  TRAIN(0),
  VAL(1),
  TEST(2);

  private final int number;

  Split(int number) {
    this.number = number;
  }

  /** 0, 1 or 2: for tables, and for files that are not kept after a run. */
  public int number() {
    return number;
  }

  /** The name as in paths and configuration: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
