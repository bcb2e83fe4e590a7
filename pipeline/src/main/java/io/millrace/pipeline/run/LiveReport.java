package io.millrace.pipeline.run;

import io.millrace.pipeline.history.RunFiles;
import io.millrace.pipeline.history.RunReading;
import io.millrace.pipeline.report.RunPage;
import io.millrace.pipeline.store.Workspace;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes a run's report again and again during the run, and once more at its end. A report that
 * can't be made or written never fails a run.
 */
final class LiveReport implements AutoCloseable {
  private static final long SECONDS_BEFORE_FIRST = 1;
  private static final long SECONDS_BETWEEN = 10;

  private final Workspace workspace;
  private final URI runFolder;
  private final Map<String, Object> plan;
  private final String configuration;
  private final RunPage page;
  private final Clock clock;
  private final Consumer<String> complaint;
  private final List<Map<String, Object>> events = new ArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "millrace-report");
            made.setDaemon(true);
            return made;
          });
  private boolean broken;

  /**
   * @param plan the contents of {@link RunFiles#PLAN}
   * @param complaint called once when the report can't be written
   */
  LiveReport(
      Workspace workspace,
      URI runFolder,
      Map<String, Object> plan,
      String configuration,
      RunPage page,
      Clock clock,
      Consumer<String> complaint) {
    this.workspace = workspace;
    this.runFolder = runFolder;
    this.plan = plan;
    this.configuration = configuration;
    this.page = page;
    this.clock = clock;
    this.complaint = complaint;
  }

  /** Begins to write; a run that ends within a second gets only its last report. */
  void start() {
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::write, SECONDS_BEFORE_FIRST, SECONDS_BETWEEN, TimeUnit.SECONDS);
  }

  /** Adds an event; callable from any thread. */
  void add(Map<String, Object> event) {
    synchronized (events) {
      events.add(event);
    }
  }

  private void write() {
    if (broken) {
      return;
    }
    List<Map<String, Object>> soFar;
    synchronized (events) {
      soFar = List.copyOf(events);
    }
    try {
      String html =
          page.html(RunReading.of(runFolder, plan, soFar, configuration), clock.instant());
      workspace.write(runFolder, RunFiles.REPORT, html);
    } catch (RuntimeException | LinkageError e) {
      broken = true;
      complaint.accept("the report of this run can no longer be written: " + e.getMessage());
    }
  }

  /** Writes the final report. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = Thread.interrupted();
    while (!thread.isTerminated()) {
      try {
        interrupted |= !thread.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    write();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
