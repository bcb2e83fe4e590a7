package io.millrace.jobs.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.Signals;

/**
 * The size of the terminal on stderr, also after somebody has resized it. Java can't find it out,
 * so stty is called once, and again only after a signal that the size has changed.
 */
final class SttySize implements TerminalSize {
  private static final File TERMINAL = new File("/proc/self/fd/2");
  private static final Pattern ANSWER = Pattern.compile("(\\d+) (\\d+)\\s*");
  private static final String RESIZED = "WINCH";
  private static final int USUAL_ROWS = 24;
  private static final long SECONDS_TO_ANSWER = 1;

  private final Object before;
  private volatile boolean changed = true;
  private Cells cells;

  /**
   * @param columns used if stty fails
   */
  SttySize(int columns) {
    this.cells = new Cells(columns, USUAL_ROWS);
    this.before = Signals.register(RESIZED, () -> changed = true);
  }

  @Override
  public synchronized Cells now() {
    if (changed) {
      changed = false;
      cells = asked().orElse(cells);
    }
    return cells;
  }

  private static Optional<Cells> asked() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(TERMINAL)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return Optional.empty();
      }
      byte[] answer = stty.getInputStream().readAllBytes();
      return read(new String(answer, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** A terminal that doesn't know its size answers 0 0. */
  private static Optional<Cells> read(String answer) {
    Matcher size = ANSWER.matcher(answer);
    return size.matches()
        ? Optional.of(new Cells(Integer.parseInt(size.group(2)), Integer.parseInt(size.group(1))))
            .filter(cells -> cells.columns() > 0 && cells.rows() > 0)
        : Optional.empty();
  }

  @Override
  public void close() {
    Signals.unregister(RESIZED, before);
  }
}
