package io.millrace.jobs.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    if (!imports(python, modules)) {
      missingTool("/usr/bin/python3 with " + String.join(", ", modules) + " is not installed");
    }
    return python;
  }

  /**
   * The Python that {@code MILLRACE_PYTHON} names, with these modules of PyPI, which are too large
   * to be installed for every build: without the variable the test is skipped everywhere.
   */
  public static Path ownPython(String... modules) throws Exception {
    String named = System.getenv("MILLRACE_PYTHON");
    String needed = String.join(", ", modules);
    if (named == null) {
      skip("MILLRACE_PYTHON does not name a Python with " + needed + "; see CONTRIBUTING.md");
    }
    Path python = Path.of(named);
    if (!imports(python, modules)) {
      throw new AssertionError("MILLRACE_PYTHON is " + named + ", which can't import " + needed);
    }
    return python;
  }

  private static boolean imports(Path python, String... modules) throws Exception {
    // Found, not imported: importing some of them leaves files in the temporary folder.
    String statement =
        "import importlib.util as u, sys; sys.exit(not all(u.find_spec(m) for m in sys.argv[1:]))";
    List<String> words = new ArrayList<>(List.of(python.toString(), "-c", statement));
    words.addAll(List.of(modules));
    return Files.isExecutable(python) && new ProcessBuilder(words).start().waitFor() == 0;
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
