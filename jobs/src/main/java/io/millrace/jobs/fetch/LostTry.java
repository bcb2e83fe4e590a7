package io.millrace.jobs.fetch;

import java.io.IOException;

/** A failed try after which another one may succeed; the message says why. */
final class LostTry extends IOException {
  private static final long serialVersionUID = 1L;

  LostTry(String why) {
    super(why);
  }

  LostTry(String why, Throwable cause) {
    super(why, cause);
  }
}
