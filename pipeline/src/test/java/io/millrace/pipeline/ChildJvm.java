package io.millrace.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another Java process with this one's class path. */
public final class ChildJvm {
  private ChildJvm() {}

  /** Starts {@code main}; its output goes to a file {@code <name>.log} in the folder. */
  public static Process start(Path folder, Class<?> main, String... arguments) throws IOException {
    return start(List.of(), folder, main, arguments);
  }

  /**
   * @param prefix a command that runs the one that follows, such as {@code setpriv}
   */
  public static Process start(List<String> prefix, Path folder, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path")),
            main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(main.getSimpleName() + ".log").toFile())
        .start();
  }
}
