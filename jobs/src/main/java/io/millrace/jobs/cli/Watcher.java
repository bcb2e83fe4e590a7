package io.millrace.jobs.cli;

import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.ProgressLines;
import io.millrace.jobs.terminal.Screen;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.plan.Plan;
import io.millrace.pipeline.plan.PlannedStage;
import io.millrace.pipeline.run.RunListener;
import io.millrace.pipeline.run.StageOutcome;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.text.Amounts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.Locale;

/** Shows the progress of a run, and opens its log when the first job begins. */
final class Watcher implements RunListener, AutoCloseable {
  private final ProgressLines lines;
  private final Screen screen;
  private final boolean debug;
  private final boolean quiet;
  private URI runFolder;
  private SparkLog log;

  Watcher(Screen screen, OutputMode outputMode) {
    this.lines = ProgressLines.on(screen, outputMode);
    this.screen = screen;
    this.debug = outputMode.debug();
    this.quiet = outputMode.quiet();
  }

  @Override
  public synchronized void runStarted(URI folder, Plan plan) {
    runFolder = folder;
  }

  @Override
  public synchronized void stageStarted(PlannedStage stage) {
    if (log == null) {
      log = SparkLog.in(runFolder);
    }
    lines.say(stage.stage().name() + ": " + stage.stage().job().name() + ", " + stage.reason());
  }

  @Override
  public JobContext.Progress progress(String stage, String label, long total, String unit) {
    String title = label.isEmpty() || label.equals(stage) ? stage : stage + ": " + label;
    return lines.begin(title, total, unit);
  }

  @Override
  public void notice(String stage, String sentence) {
    lines.say(stage.isEmpty() ? sentence : stage + ": " + sentence);
  }

  /** With {@code --debug} stack traces are shown even with {@code --quiet}. */
  @Override
  public synchronized void stageThrew(String stage, Throwable failure) {
    if (debug) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      String text = stage + ": " + trace;
      if (quiet) {
        screen.err().print(text);
      } else {
        lines.say(text.stripTrailing());
      }
    }
  }

  @Override
  public void stageEnded(StageResult result) {
    if (result.outcome() == StageOutcome.RAN) {
      lines.say(
          String.format(
              Locale.ROOT,
              "%s: done in %s, %s",
              result.name(),
              Amounts.seconds(result.seconds()),
              result.headline()));
    }
  }

  @Override
  public synchronized void close() {
    lines.close();
    if (log != null) {
      log.close();
    }
  }
}
