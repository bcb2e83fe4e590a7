package io.millrace.jobs.container;

import java.io.IOException;

/**
 * A container's bytes contradict each other. The message says how, as a clause about the file ("it
 * is ...").
 */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedException(String reason) {
    super(reason);
  }
}
