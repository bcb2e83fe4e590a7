package io.millrace.jobs.container;

import java.io.IOException;

/** A pickle that can't be read, or that holds more than plain values and arrays. */
public final class PickleException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason as a clause ("it ...")
   */
  public PickleException(String reason) {
    super(reason);
  }

  PickleException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** Why it can't be read, as a clause ("it ..."). */
  public String reason() {
    return getMessage();
  }
}
