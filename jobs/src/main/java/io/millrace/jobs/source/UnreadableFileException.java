package io.millrace.jobs.source;

import java.io.IOException;

/**
 * A file could not be read for a reason that is not damage: this user may not read it, or it was
 * changed or removed meanwhile.
 */
public final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableFileException(String reason, IOException cause) {
    super(reason, cause);
  }
}
