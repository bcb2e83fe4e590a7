package io.millrace.jobs.terminal;

import io.millrace.pipeline.job.JobContext;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * For a terminal: a bar for each piece of long work at the bottom, sentences above them. All bars
 * are drawn at once, by one thread at a time, so that those of stages that run side by side don't
 * overwrite each other.
 */
final class DrawnBars implements ProgressLines {
  static final long MILLIS_BETWEEN = 250;
  private static final String CLEAR_BELOW = "\u001b[0J";

  /**
   * Lines are overwritten one by one, since some terminals save a cleared screen to their history.
   */
  private static final String END_OF_LINE = "\u001b[K" + System.lineSeparator();

  private static final String PART = "  ";

  private final PrintStream err;
  private final TerminalSize size;
  private final LongSupplier nanos;
  private final List<TrackedProgress> working = new ArrayList<>();
  private ScheduledExecutorService clock;
  private List<Integer> drawn = List.of();

  DrawnBars(PrintStream err, TerminalSize size, LongSupplier nanos) {
    this.err = err;
    this.size = size;
    this.nanos = nanos;
  }

  @Override
  public synchronized void say(String sentence) {
    draw(sentence + END_OF_LINE);
  }

  @Override
  public synchronized JobContext.Progress begin(String title, long total, String unit) {
    if (clock == null) {
      clock = Executors.newSingleThreadScheduledExecutor(ProgressLines::thread);
      ScheduledFuture<?> unused =
          clock.scheduleAtFixedRate(
              this::draw, MILLIS_BETWEEN, MILLIS_BETWEEN, TimeUnit.MILLISECONDS);
    }
    TrackedProgress work = new TrackedProgress(title, total, unit, nanos, this::end);
    working.add(work);
    draw();
    return work;
  }

  private synchronized void end(TrackedProgress work) {
    if (working.remove(work)) {
      draw();
    }
  }

  /** Draws all bars as they are now. */
  synchronized void draw() {
    draw("");
  }

  private void draw(String above) {
    TerminalSize.Cells cells = size.now();
    // The last column stays free: some terminals begin a new line once it is taken.
    int columns = Math.max(1, cells.columns() - 1);
    StringBuilder text = new StringBuilder();
    int up = rowsTaken(cells.columns());
    if (up > 0) {
      text.append("\u001b[").append(up).append('A');
    }
    text.append('\r').append(above);
    List<String> lines = fitting(lines(columns), cells.rows() - 1);
    lines.forEach(line -> text.append(line).append(END_OF_LINE));
    text.append(CLEAR_BELOW);
    drawn = lines.stream().map(Columns::of).toList();
    err.print(text);
    err.flush();
  }

  /** A terminal that has become narrower has wrapped the drawn lines to more rows. */
  private int rowsTaken(int columns) {
    return drawn.stream().mapToInt(width -> Math.max(1, (width + columns - 1) / columns)).sum();
  }

  private List<String> lines(int columns) {
    List<String> lines = new ArrayList<>();
    for (TrackedProgress work : working) {
      lines.add(Bar.line(work.state(), columns));
      work.parts()
          .forEach(part -> lines.add(PART + Bar.line(part, Math.max(1, columns - PART.length()))));
    }
    return lines;
  }

  /** Lines above the terminal's first row could not be overwritten. */
  private static List<String> fitting(List<String> lines, int rows) {
    int room = Math.max(1, rows);
    return lines.size() <= room ? lines : lines.subList(0, room);
  }

  @Override
  public synchronized void close() {
    if (clock != null) {
      clock.shutdownNow();
    }
    working.clear();
    draw();
    size.close();
  }
}
