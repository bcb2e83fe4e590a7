package io.millrace.jobs.cli;

import io.millrace.pipeline.job.JobContext;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** For files and pipes: a line every ten seconds for each piece of long work. */
final class PlainLines implements ProgressLines {
  static final long SECONDS_BETWEEN = 10;

  private final PrintStream err;
  private final Set<Work> working = ConcurrentHashMap.newKeySet();
  private ScheduledExecutorService clock;

  PlainLines(PrintStream err) {
    this.err = err;
  }

  @Override
  public synchronized void say(String sentence) {
    err.println(sentence);
  }

  @Override
  public synchronized JobContext.Progress begin(String title, long total, String unit) {
    if (clock == null) {
      clock =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "progress");
                thread.setDaemon(true);
                return thread;
              });
    }
    Work work = new Work(title, total, unit);
    work.ticks =
        clock.scheduleAtFixedRate(
            () -> say(work.line()), SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
    working.add(work);
    return work;
  }

  @Override
  public synchronized void close() {
    if (clock != null) {
      clock.shutdownNow();
    }
  }

  private final class Work implements JobContext.Progress {
    private final String title;
    private final long total;
    private final String unit;
    private final long start = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private volatile String note = "";
    private ScheduledFuture<?> ticks;

    Work(String title, long total, String unit) {
      this.title = title;
      this.total = total;
      this.unit = unit;
    }

    @Override
    public void advance(long n) {
      done.addAndGet(n);
    }

    @Override
    public void note(String text) {
      note = text;
    }

    private double seconds() {
      return (System.nanoTime() - start) / 1e9;
    }

    private String line() {
      return PlainLines.line(title, done.get(), total, unit, seconds(), note);
    }

    @Override
    public void close() {
      if (working.remove(this)) {
        ticks.cancel(false);
        if (seconds() > SECONDS_BETWEEN) {
          say(line());
        }
      }
    }
  }

  /**
   * {@code model: train 1,200 of 4,000 images, 310 images/s, 9.03 s left, loss 1.2}.
   *
   * @param total -1 if unknown
   */
  static String line(
      String title, long done, long total, String unit, double seconds, String note) {
    double rate = done / seconds;
    StringBuilder line = new StringBuilder(title);
    line.append(String.format(Locale.ROOT, " %,d", done));
    if (total >= 0) {
      line.append(String.format(Locale.ROOT, " of %,d", total));
    }
    line.append(' ').append(unit);
    line.append(String.format(Locale.ROOT, ", %,.0f %s/s", rate, unit));
    if (total > done && done > 0) {
      line.append(", ").append(Text.seconds((total - done) / rate)).append(" left");
    }
    return note.isEmpty() ? line.toString() : line.append(", ").append(note).toString();
  }
}
