package io.millrace.bench;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Python of the references: Debian's, whose packages no other interpreter sees. */
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
    boolean there =
        Files.isExecutable(INTERPRETER)
            && new ProcessBuilder(INTERPRETER.toString(), "-c", "import " + modules)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor()
                == 0;
    if (!there) {
      throw new CannotException(
          "run the benchmark " + benchmark,
          "its reference needs %s with %s; install %s".formatted(INTERPRETER, modules, packages));
    }
  }

  /** Runs a script of the folder {@code bench}. */
  static Child run(Setting setting, String script, Path... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(INTERPRETER.toString());
    command.add(setting.root().resolve("bench").resolve(script).toString());
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    return Child.run("run " + script, setting.scratch(), Map.of(), command);
  }
}
