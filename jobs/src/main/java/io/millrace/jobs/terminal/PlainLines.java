package io.millrace.jobs.terminal;

import io.millrace.pipeline.job.JobContext;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** For files and pipes: a line every ten seconds for each piece of long work. */
final class PlainLines implements ProgressLines {
  static final long SECONDS_BETWEEN = 10;

  /** Parts that are named in their work's line; more would not be read. */
  private static final int MOST_PARTS = 4;

  private final PrintStream err;
  private final Map<TrackedProgress, ScheduledFuture<?>> working = new ConcurrentHashMap<>();
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
      clock = Executors.newSingleThreadScheduledExecutor(ProgressLines::thread);
    }
    TrackedProgress work = new TrackedProgress(title, total, unit, System::nanoTime, this::end);
    working.put(
        work,
        clock.scheduleAtFixedRate(
            () -> say(line(work.state(), work.parts())),
            SECONDS_BETWEEN,
            SECONDS_BETWEEN,
            TimeUnit.SECONDS));
    return work;
  }

  private void end(TrackedProgress work) {
    ScheduledFuture<?> ticks = working.remove(work);
    if (ticks != null) {
      ticks.cancel(false);
      if (work.seconds() > SECONDS_BETWEEN) {
        say(line(work.state(), List.of()));
      }
    }
  }

  @Override
  public synchronized void close() {
    if (clock != null) {
      clock.shutdownNow();
    }
  }

  /**
   * {@code model: train 1,200 of 4,000 images, 310 images/s, 9.03 s left, loss 1.2 (worker 1 157/s,
   * worker 2 153/s)}.
   */
  static String line(ProgressState work, List<ProgressState> parts) {
    List<String> words = new ArrayList<>();
    words.add(work.title() + " " + work.amount());
    words.add(work.rate());
    words.add(work.left());
    words.add(work.note());
    words.removeIf(String::isEmpty);
    String line = String.join(", ", words);
    if (parts.isEmpty() || parts.size() > MOST_PARTS) {
      return line;
    }
    return line
        + " ("
        + String.join(", ", parts.stream().map(p -> p.title() + " " + p.shortRate()).toList())
        + ")";
  }
}
