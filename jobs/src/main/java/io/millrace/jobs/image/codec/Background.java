package io.millrace.jobs.image.codec;

/** The colour behind transparent pixels. */
public enum Background {
  WHITE(255),
  BLACK(0);

  private final int level;

  Background(int level) {
    this.level = level;
  }

  int level() {
    return level;
  }
}
