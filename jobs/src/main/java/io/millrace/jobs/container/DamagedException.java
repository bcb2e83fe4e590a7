package io.millrace.jobs.container;

import java.io.IOException;

/** A container's own bytes contradict each other; the message says how, as a clause on the file. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedException(String reason) {
    super(reason);
  }
}
