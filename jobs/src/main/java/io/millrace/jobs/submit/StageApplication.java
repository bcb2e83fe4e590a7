package io.millrace.jobs.submit;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.run.JobCall;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
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
import java.util.stream.Collectors;

/** A stage done by a Spark application of its own, whose driver is a process beside this one. */
final class StageApplication {
  private static final long SECONDS_TO_END = 20;
  private static final String SPARK = "spark.";

  private final JobCall call;
  private final Map<String, String> settings;
  private final JobContext context;

  /**
   * @param settings those with {@code spark.} are the application's
   */
  StageApplication(JobCall call, Map<String, String> settings, JobContext context) {
    this.call = call;
    this.settings = settings;
    this.context = context;
  }

  /**
   * Runs it to its end.
   *
   * @throws CannotException as the job threw it there
   * @throws CancellationException if this thread was interrupted
   */
  JobResult run() throws IOException, ExecutionException {
    Path folder = Files.createDirectories(Path.of(call.scratch()));
    Path file = Files.createTempFile(folder, "stage-", ".json");
    Path log = log(folder);
    try {
      Files.writeString(file, JsonText.line(call.json()), StandardCharsets.UTF_8);
      Submission submission =
          new Submission(StageMain.class.getName(), spark(), List.of(file.toString()));
      try (Submission.Started started =
          submission.start(folder, Redirect.PIPE, Redirect.appendTo(log.toFile()))) {
        return result(ended(started.process()));
      }
    } finally {
      Files.delete(file);
      keep(log);
    }
  }

  private Map<String, String> spark() {
    return settings.entrySet().stream()
        .filter(setting -> setting.getKey().startsWith(SPARK))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Beside the run's own log where that is a local file; else it is brought there at the end. */
  private Path log(Path scratch) {
    return (isLocal() ? Path.of(call.runFolder()) : scratch).resolve(logName());
  }

  private void keep(Path log) {
    if (isLocal()) {
      return;
    }
    try (OutputStream out = JobFiles.create(JobFiles.in(call.runFolder()).path(logName()), true)) {
      Files.copy(log, out);
    } catch (IOException e) {
      context.notice("The log of this stage's application could not be kept: " + e.getMessage());
    }
  }

  private boolean isLocal() {
    return "file".equals(call.runFolder().getScheme());
  }

  private String logName() {
    return "spark-" + call.stage() + ".log";
  }

  private Optional<Map<String, Object>> ended(Process process)
      throws IOException, ExecutionException {
    FutureTask<Optional<Map<String, Object>>> reading =
        new FutureTask<>(() -> new WireReader(context).read(process.getInputStream()));
    Thread reader = new Thread(reading, "stage " + call.stage());
    reader.setDaemon(true);
    reader.start();
    try {
      Optional<Map<String, Object>> ending = reading.get();
      process.waitFor();
      return ending;
    } catch (InterruptedException e) {
      return stopped(process, reading);
    } finally {
      process.destroyForcibly();
    }
  }

  /** It keeps what it can go on from, as a stage in this process does. */
  private static Optional<Map<String, Object>> stopped(
      Process process, FutureTask<Optional<Map<String, Object>>> reading)
      throws IOException, ExecutionException {
    process.getOutputStream().close();
    try {
      if (process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        return reading.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new CancellationException();
  }

  private JobResult result(Optional<Map<String, Object>> ending) {
    Map<String, Object> said =
        ending.orElseThrow(
            () ->
                new CannotException(
                    "run stage " + call.stage() + " in an application of its own",
                    "its driver ended without a word; what it logged is in "
                        + JobFiles.shown(call.runFolder())
                        + "/"
                        + logName()));
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
}
