package io.millrace.jobs.terminal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command prints: results to {@code out}, everything for a person watching to {@code err}.
 *
 * @param drawing whether {@code err} is a terminal that lines can be redrawn on
 * @param width columns of that terminal when the command began; 80 if unknown
 * @param outInk the colours of {@code out}
 * @param errInk the colours of {@code err}
 */
public record Screen(
    PrintStream out, PrintStream err, boolean drawing, int width, Ink outInk, Ink errInk) {
  private static final Path OUT = Path.of("/proc/self/fd/1");
  private static final Path ERR = Path.of("/proc/self/fd/2");
  private static final int USUAL_WIDTH = 80;

  /** Output that is not a terminal has lines of any length. */
  private static final int ENDLESS = 1_000;

  /** Without colours. */
  Screen(PrintStream out, PrintStream err, boolean drawing, int width) {
    this(out, err, drawing, width, Ink.PLAIN, Ink.PLAIN);
  }

  /** The process's own. */
  public static Screen of(PrintStream out, PrintStream err, Map<String, String> environment) {
    boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
    // https://no-color.org: any value but the empty one.
    boolean colours = !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean drawing = !dumb && isTerminal(ERR);
    return new Screen(
        out,
        err,
        drawing,
        width(environment.get("COLUMNS")),
        colours && isTerminal(OUT) ? Ink.COLOURED : Ink.PLAIN,
        colours && drawing ? Ink.COLOURED : Ink.PLAIN);
  }

  /** Columns that a line on {@code err} may take. */
  public int room() {
    return drawing ? width : ENDLESS;
  }

  private static boolean isTerminal(Path stream) {
    try {
      // Java's own Console needs stdin and stdout to be terminals, but they may be files.
      String device = Files.readSymbolicLink(stream).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  private static int width(String columns) {
    return columns != null && columns.matches("[1-9]\\d{0,4}")
        ? Integer.parseInt(columns)
        : USUAL_WIDTH;
  }
}
