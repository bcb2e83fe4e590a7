package io.millrace.jobs.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command's words go: results to {@code out}, everything for a person watching to {@code
 * err}.
 *
 * @param drawing whether {@code err} is a terminal that lines can be redrawn on
 * @param width columns of that terminal
 */
record Screen(PrintStream out, PrintStream err, boolean drawing, int width) {
  private static final Path ERR = Path.of("/proc/self/fd/2");
  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_WIDTH = 40;

  /** The process's own. */
  static Screen of(PrintStream out, PrintStream err, Map<String, String> environment) {
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Screen(out, err, !dumb && isTerminal(), width(environment.get("COLUMNS")));
  }

  private static boolean isTerminal() {
    try {
      // Java's own Console asks for stdin and stdout, which may well be files.
      String device = Files.readSymbolicLink(ERR).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  private static int width(String columns) {
    return columns != null && columns.matches("[1-9]\\d{0,4}")
        ? Math.max(LEAST_WIDTH, Integer.parseInt(columns))
        : USUAL_WIDTH;
  }
}
