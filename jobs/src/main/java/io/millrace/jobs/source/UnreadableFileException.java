package io.millrace.jobs.source;

import java.io.IOException;

/**
 * A file that could not be read now, for a reason that says nothing of the pictures in it: it is
 * closed to this user, or it was changed or removed meanwhile.
 */
public final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableFileException(String reason, IOException cause) {
    super(reason, cause);
  }
}
