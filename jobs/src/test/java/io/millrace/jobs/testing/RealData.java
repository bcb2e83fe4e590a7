package io.millrace.jobs.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real pictures and tools that a clone may lack: then a test is skipped and says so. */
public final class RealData {
  private static final String MUST_RUN = "MILLRACE_TESTS_MUST_RUN";

  private RealData() {}

  /** A folder or file under {@code ../shared/data} beside the project. */
  public static Path path(String relative) {
    Path here = Path.of("").toAbsolutePath();
    Path root = Files.exists(here.resolve("jobs/pom.xml")) ? here : here.getParent();
    Path data = root.resolveSibling("shared").resolve("data").resolve(relative);
    if (!Files.exists(data)) {
      skip("there is no ../shared/data/" + relative + " beside the project");
    }
    return data;
  }

  /** Debian's Python with these modules. */
  public static Path python(String... modules) throws Exception {
    Path python = Path.of("/usr/bin/python3");
    String imports = "import " + String.join(", ", modules);
    if (!Files.isExecutable(python)
        || new ProcessBuilder(python.toString(), "-c", imports).start().waitFor() != 0) {
      missingTool("/usr/bin/python3 with " + String.join(", ", modules) + " is not installed");
    }
    return python;
  }

  /** Skips, or fails where nothing may be skipped: what {@code .ci/run} installs must be there. */
  public static void missingTool(String reason) {
    if (System.getenv(MUST_RUN) != null) {
      throw new AssertionError(reason + ", and " + MUST_RUN + " is set");
    }
    skip(reason);
  }

  /** Skips, and says why: what nobody can be asked to install. */
  public static void skip(String reason) {
    System.out.println("skipped: " + reason);
    abort(reason);
  }
}
