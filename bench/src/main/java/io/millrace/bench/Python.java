package io.millrace.bench;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Python of the references: Debian's, the only interpreter that finds Debian's packages, unless
 * another one is named.
 */
final class Python {
  /** Debian's. */
  static final Path DEBIAN = Path.of("/usr/bin/python3");

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
    if (!Files.isExecutable(DEBIAN) || !has(DEBIAN, check)) {
      throw new CannotException(
          "run the benchmark " + benchmark,
          "its reference needs %s with %s; install %s".formatted(DEBIAN, what, packages));
    }
  }

  /** Whether an interpreter runs a line without an error. */
  static boolean has(Path interpreter, String check) throws IOException, InterruptedException {
    return new ProcessBuilder(interpreter.toString(), "-c", check)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
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
    return run(setting, before, DEBIAN, Map.of(), script, arguments);
  }

  /**
   * Runs a script of the folder {@code bench}.
   *
   * @param before the interpreter on the command line
   * @param variables of the environment, in addition to this process's
   */
  static Child run(
      Setting setting,
      List<String> before,
      Path interpreter,
      Map<String, String> variables,
      String script,
      Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.add(interpreter.toString());
    command.add(setting.root().resolve("bench").resolve(script).toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Map<String, String> environment = new HashMap<>(variables);
    // No compiled modules beside the scripts.
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    return Child.run("run " + script, setting.scratch(), environment, command);
  }
}
