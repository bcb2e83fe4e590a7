package io.millrace.jobs.terminal;

import io.millrace.pipeline.job.JobContext;

/** The lines on stderr that show how a run goes. All methods may be called from any thread. */
public interface ProgressLines extends AutoCloseable {
  /** A sentence for the person watching. */
  void say(String sentence);

  /** Long work begins; closing what is returned ends it. */
  JobContext.Progress begin(String title, long total, String unit);

  @Override
  void close();

  /** The lines that fit the screen and the output mode. */
  static ProgressLines on(Screen screen, OutputMode outputMode) {
    if (outputMode.quiet()) {
      return new SilentLines();
    }
    return screen.drawing()
        ? new DrawnBars(screen.err(), new SttySize(screen.width()), System::nanoTime)
        : new PlainLines(screen.err());
  }

  /** A thread that draws and does not keep the process alive. */
  static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "progress");
    thread.setDaemon(true);
    return thread;
  }
}
