package io.millrace.bench;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Python of the references: Debian's, the only interpreter that finds Debian's packages. */
final class Python {
  private static final Path INTERPRETER = Path.of("/usr/bin/python3");

  private Python() {}

  /**
   * @param modules that the reference imports
   * @param packages of Debian that bring them
   * @throws CannotException if the interpreter or a module is missing
   */
  static void require(String benchmark, String modules, String packages)
      throws IOException, InterruptedException {
    require(benchmark, modules, "import " + modules, packages);
  }

  /**
   * @param library that the reference loads by ctypes, by its soname
   * @param packages of Debian that bring it
   * @throws CannotException if the interpreter or the library is missing
   */
  static void requireLibrary(String benchmark, String library, String packages)
      throws IOException, InterruptedException {
    require(benchmark, library, "import ctypes; ctypes.CDLL('" + library + "')", packages);
  }

  private static void require(String benchmark, String what, String check, String packages)
      throws IOException, InterruptedException {
    boolean there =
        Files.isExecutable(INTERPRETER)
            && new ProcessBuilder(INTERPRETER.toString(), "-c", check)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor()
                == 0;
    if (!there) {
      throw new CannotException(
          "run the benchmark " + benchmark,
          "its reference needs %s with %s; install %s".formatted(INTERPRETER, what, packages));
    }
  }

  /** Runs a script of the folder {@code bench}. */
  static Child run(Setting setting, String script, Object... arguments)
      throws IOException, InterruptedException {
    return run(setting, List.of(), script, arguments);
  }

  /**
   * Runs a script of the folder {@code bench}.
   *
   * @param before the interpreter on the command line, see {@link OneCore}
   */
  static Child run(Setting setting, List<String> before, String script, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.add(INTERPRETER.toString());
    command.add(setting.root().resolve("bench").resolve(script).toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    // No compiled modules beside the scripts.
    Map<String, String> environment = Map.of("PYTHONDONTWRITEBYTECODE", "1");
    return Child.run("run " + script, setting.scratch(), environment, command);
  }
}
