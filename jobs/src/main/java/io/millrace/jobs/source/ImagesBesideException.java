package io.millrace.jobs.source;

import io.millrace.pipeline.CannotException;

/** There are images where the layout of a source has no place for them. */
public final class ImagesBesideException extends CannotException {
  private static final long serialVersionUID = 1L;

  private final String path;

  ImagesBesideException(String what, String why, String path) {
    super(what, why);
    this.path = path;
  }

  /** Where they are, below the source: what {@code leave-out} would name. */
  public String path() {
    return path;
  }
}
