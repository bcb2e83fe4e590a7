package io.millrace.jobs.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test needs and a machine may lack: a reason to skip it, or to fail where all must run. */
final class Requires {
  private Requires() {}

  /** A Python that runs that line. */
  static void program(Path python, String line) throws IOException, InterruptedException {
    boolean there =
        Files.isExecutable(python)
            && new ProcessBuilder(python.toString(), "-c", line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor()
                == 0;
    check(there, python + " does not run '" + line + "'");
  }

  private static void check(boolean there, String reason) {
    if (!there && "1".equals(System.getenv("MILLRACE_TESTS_MUST_RUN"))) {
      Assertions.fail(reason);
    }
    if (!there) {
      System.out.println("skipped: " + reason);
    }
    Assumptions.assumeTrue(there, reason);
  }
}
