package io.millrace.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Child processes that are JVMs like this one. */
final class Java {
  private Java() {}

  /**
   * Runs a program of this class path.
   *
   * @param before the JVM on the command line, see {@link OneCore}
   * @param environment in addition to this process's
   */
  static Child run(
      Setting setting,
      List<String> before,
      Map<String, String> environment,
      Class<?> main,
      Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return Child.run("run " + main.getSimpleName(), setting.scratch(), environment, command);
  }
}
