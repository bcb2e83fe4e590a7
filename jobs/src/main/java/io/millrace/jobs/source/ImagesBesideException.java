package io.millrace.jobs.source;

import io.millrace.pipeline.CannotException;

/** There are images in a folder that the layout of a source does not include. */
public final class ImagesBesideException extends CannotException {
  private static final long serialVersionUID = 1L;

  private final String path;

  ImagesBesideException(String what, String why, String path) {
    super(what, why);
    this.path = path;
  }

  /** The folder's path below the source, as {@code leave-out} would name it. */
  public String path() {
    return path;
  }
}
