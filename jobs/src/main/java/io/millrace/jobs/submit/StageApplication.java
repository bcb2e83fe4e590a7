package io.millrace.jobs.submit;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.run.JobCall;
import io.millrace.pipeline.store.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A Spark application whose driver is another process on this machine. It runs stages with the same
 * settings one after another; its log is named after the first. Not for use by several threads.
 */
final class StageApplication implements AutoCloseable {
  private static final long SECONDS_TO_END = 20;

  private final String first;
  private final URI runFolder;
  private final Map<String, String> settings;
  private final Path log;
  private final Submission.Started started;
  private final Process process;
  private final BufferedReader told;
  private long calls;

  private StageApplication(
      JobCall call, Map<String, String> settings, Path log, Submission.Started started) {
    this.first = call.stage();
    this.runFolder = call.runFolder();
    this.settings = settings;
    this.log = log;
    this.started = started;
    this.process = started.process();
    this.told = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts an application.
   *
   * @param first of the stages that it will run
   * @param settings Spark's
   */
  static StageApplication start(JobCall first, Map<String, String> settings) throws IOException {
    Path folder = Files.createDirectories(Path.of(first.scratch()));
    Path log =
        (isLocal(first.runFolder()) ? Path.of(first.runFolder()) : folder)
            .resolve(logName(first.stage()));
    Submission submission = new Submission(StageMain.class.getName(), settings, List.of());
    return new StageApplication(
        first,
        settings,
        log,
        submission.start(folder, Redirect.PIPE, Redirect.appendTo(log.toFile())));
  }

  private static boolean isLocal(URI folder) {
    return "file".equals(folder.getScheme());
  }

  private static String logName(String stage) {
    return "spark-" + stage + ".log";
  }

  /** The stage that it was started for. */
  String first() {
    return first;
  }

  /** Whether it can run a stage with these settings of Spark. */
  boolean serves(Map<String, String> asked) {
    return settings.equals(asked) && process.isAlive();
  }

  /**
   * Runs a stage to its end. After an exception the application can't be used again.
   *
   * @throws CannotException as the job threw it there
   * @throws CancellationException if this thread was interrupted
   */
  JobResult run(JobCall call, JobContext context) throws IOException, ExecutionException {
    calls++;
    Path file = Files.createTempFile(Path.of(call.scratch()), "stage-", ".json");
    try {
      Files.writeString(file, JsonText.line(call.json()), StandardCharsets.UTF_8);
      return result(call, ended(file, new WireReader(context, calls)), context);
    } finally {
      Files.delete(file);
      // The process has read its settings by now.
      started.close();
      keepLog(context);
    }
  }

  private Optional<Map<String, Object>> ended(Path file, WireReader reader)
      throws IOException, ExecutionException {
    FutureTask<Optional<Map<String, Object>>> reading =
        new FutureTask<>(
            () -> {
              say(file);
              return reader.read(told);
            });
    Thread thread = new Thread(reading, "stage application");
    thread.setDaemon(true);
    thread.start();
    try {
      return reading.get();
    } catch (InterruptedException e) {
      return stopped(reading);
    }
  }

  private void say(Path file) throws IOException {
    try {
      OutputStream calls = process.getOutputStream();
      calls.write((file + "\n").getBytes(StandardCharsets.UTF_8));
      calls.flush();
    } catch (IOException e) {
      // It has ended, which its empty output will show.
      if (process.isAlive()) {
        throw e;
      }
    }
  }

  /** Lets the stage keep what it can resume from, as a stage in this process does. */
  private Optional<Map<String, Object>> stopped(FutureTask<Optional<Map<String, Object>>> reading)
      throws IOException {
    process.getOutputStream().close();
    try {
      if (process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        // It may have been asked to stop before it had begun.
        return Optional.of(reading.get().orElseThrow(CancellationException::new));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw (CancellationException) new CancellationException().initCause(e);
    }
    process.destroyForcibly();
    throw new CancellationException();
  }

  private JobResult result(JobCall call, Optional<Map<String, Object>> ending, JobContext context) {
    Map<String, Object> said =
        ending.orElseThrow(
            () ->
                new CannotException(
                    "run stage " + call.stage() + " in an application of its own",
                    "its driver ended without a message; its log is "
                        + JobFiles.shown(runFolder)
                        + "/"
                        + logName(first)));
    String text = (String) said.get(WireContext.TEXT);
    return switch ((String) said.get(WireContext.KIND)) {
      case StageMain.RESULT -> made(said);
      case StageMain.CANNOT -> throw CannotException.told(text);
      case StageMain.STOPPED ->
          throw text.isEmpty() ? new CancellationException() : new CancellationException(text);
      default -> {
        context.event("stage-trace", Map.of(StageMain.TRACE, said.get(StageMain.TRACE)));
        throw new IllegalStateException(text);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static JobResult made(Map<String, Object> said) {
    return new JobResult(
        (String) said.get(StageMain.DIGEST),
        (Map<String, Object>) said.get(StageMain.METRICS),
        (String) said.get(StageMain.HEADLINE));
  }

  /** Copies the log beside the run's own, if that folder is not local. */
  private void keepLog(JobContext context) {
    if (isLocal(runFolder)) {
      return;
    }
    try (OutputStream out = JobFiles.create(JobFiles.in(runFolder).path(logName(first)), true)) {
      Files.copy(log, out);
    } catch (IOException e) {
      context.notice("The log of this stage's application could not be kept: " + e.getMessage());
    }
  }

  /** Ends it by closing its input. */
  @Override
  public void close() throws IOException {
    try {
      process.getOutputStream().close();
      boolean unused = process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
      started.close();
    }
  }
}
