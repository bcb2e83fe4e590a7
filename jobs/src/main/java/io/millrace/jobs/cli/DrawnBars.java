package io.millrace.jobs.cli;

import io.millrace.pipeline.job.JobContext;
import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * For a terminal: a bar for each piece of long work at its foot, sentences above them. The bars are
 * drawn here, all at once, so that those of stages that run side by side don't overwrite each
 * other.
 */
final class DrawnBars implements ProgressLines {
  private static final String CLEAR_BELOW = "\u001b[0J";
  private static final int MILLIS_BETWEEN = 250;

  private final PrintStream err;
  private final int width;
  private final Map<Object, String> bars = new LinkedHashMap<>();
  private int drawn;

  DrawnBars(Screen screen) {
    this.err = screen.err();
    this.width = screen.width();
  }

  @Override
  public synchronized void say(String sentence) {
    draw(sentence + System.lineSeparator());
  }

  @Override
  public JobContext.Progress begin(String title, long total, String unit) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(title)
            .setInitialMax(total)
            .setUnit(" " + unit, 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(MILLIS_BETWEEN)
            // Else a note, or the time that passes, shows only when the next unit is done.
            .continuousUpdate()
            .showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setConsumer(new Line())
            .build();
    return new Work(bar);
  }

  /** Called by the bars' own thread. */
  private synchronized void show(Object line, String text) {
    bars.put(line, text);
    draw("");
  }

  private synchronized void remove(Object line) {
    if (bars.remove(line) != null) {
      draw("");
    }
  }

  private void draw(String above) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    text.append('\r').append(CLEAR_BELOW).append(above);
    bars.values().forEach(bar -> text.append(bar).append(System.lineSeparator()));
    drawn = bars.size();
    err.print(text);
    err.flush();
  }

  @Override
  public synchronized void close() {
    bars.clear();
    draw("");
  }

  private final class Line implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return width - 1;
    }

    @Override
    public void accept(String text) {
      show(this, text.length() < width ? text : text.substring(0, width - 1));
    }

    @Override
    public void close() {
      remove(this);
    }
  }

  private record Work(ProgressBar bar) implements JobContext.Progress {
    @Override
    public void advance(long n) {
      bar.stepBy(n);
    }

    @Override
    public void note(String text) {
      bar.setExtraMessage(" " + text);
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
