package io.millrace.testing;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine it runs on. */
public final class Needs {
  private static final String MUST_RUN = "MILLRACE_TESTS_MUST_RUN";

  private Needs() {}

  /** Skips the test with the reason, or fails it where every test must run. */
  public static void that(boolean there, String otherwise) {
    if (there) {
      return;
    }
    if ("1".equals(System.getenv(MUST_RUN))) {
      fail("must run, but " + otherwise);
    }
    System.out.println("skipped: " + otherwise);
    Assumptions.abort(otherwise);
  }
}
