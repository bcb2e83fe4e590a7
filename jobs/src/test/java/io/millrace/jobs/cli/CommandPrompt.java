package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.jobs.testing.Launched;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * Many commands in one process of the assembled jar, in a folder: a JVM for each would take
 * minutes.
 */
final class CommandPrompt implements AutoCloseable {
  private static final String BETWEEN = "\t";
  private static final String ENDED = "--- ended with ";

  private final Process process;
  private final PrintStream in;
  private final BufferedReader out;

  CommandPrompt(Path folder) throws IOException {
    Path target = Launched.ROOT.resolve("jobs/target");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    words.addAll(
        List.of(
            "-Xmx2g",
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-Dmillrace.command=sbin/millrace",
            "-cp",
            String.join(
                File.pathSeparator,
                Launched.assembledJar(),
                target.resolve("spark/jars") + File.separator + "*",
                target.resolve("test-classes").toString()),
            CommandPrompt.class.getName()));
    process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true).start();
    in = new PrintStream(process.getOutputStream(), true, UTF_8);
    out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Runs a command. */
  Ended run(List<String> arguments) throws IOException {
    in.println(String.join(BETWEEN, arguments));
    StringBuilder text = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(ENDED)) {
        return new Ended(Integer.parseInt(line.substring(ENDED.length())), text.toString());
      }
      text.append(line).append('\n');
    }
    throw new IOException("the process ended: " + text);
  }

  @Override
  public void close() {
    // It ends at the end of its input.
    in.close();
    process.onExit().join();
  }

  /** How a command ended, and all that it printed. */
  record Ended(int status, String text) {}

  public static void main(String[] none) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int status = CommandLineDoor.open(out, out).run(line.split(BETWEEN));
      out.println(ENDED + status);
    }
    System.exit(0);
  }
}
