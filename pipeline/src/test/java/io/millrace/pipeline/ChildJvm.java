package io.millrace.pipeline;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Another Java process with this one's class path. */
public final class ChildJvm {
  private ChildJvm() {}

  /** Starts {@code main}; its output goes to a file {@code <name>.log} in the folder. */
  public static Process start(Path folder, Class<?> main, String... arguments) throws IOException {
    return start(List.of(), ownClassPath(), folder, main, arguments);
  }

  /**
   * @param prefix a command that runs the one that follows, such as {@code setpriv}
   * @param classPath what {@code -cp} is given
   */
  public static Process start(
      List<String> prefix, String classPath, Path folder, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(main.getSimpleName() + ".log").toFile())
        .start();
  }

  private static String ownClassPath() {
    return Optional.ofNullable(System.getProperty("surefire.test.class.path"))
        .orElse(System.getProperty("java.class.path"));
  }

  /**
   * Copies this process's class path to where every user can read it, Hadoop left out: what runs on
   * a local disk must not need it.
   */
  public static String classPathForAll(Path folder) throws IOException {
    List<String> copied = new ArrayList<>();
    for (String entry : ownClassPath().split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      if (entry.isEmpty()
          || !Files.exists(from)
          || from.getFileName().toString().startsWith("hadoop-")) {
        continue;
      }
      Path to = folder.resolve(copied.size() + "-" + from.getFileName());
      try (Stream<Path> all = Files.walk(from)) {
        for (Path each : all.toList()) {
          Files.copy(each, to.resolve(from.relativize(each).toString()));
        }
      }
      copied.add(to.toString());
    }
    return String.join(File.pathSeparator, copied);
  }
}
