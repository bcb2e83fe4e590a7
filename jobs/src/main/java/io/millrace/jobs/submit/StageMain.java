package io.millrace.jobs.submit;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.run.JobCall;
import io.millrace.pipeline.run.JobCallReader;
import io.millrace.pipeline.store.JsonText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main class of an application that runs stages' jobs for a run in another process, one after
 * another. It reads the paths of its tasks from stdin, reports on stdout, and stops when its stdin
 * ends, as it does when the other process dies.
 */
public final class StageMain {
  static final String RESULT = "result";
  static final String CANNOT = "cannot";
  static final String STOPPED = "stopped";
  static final String FAILED = "failed";
  static final String DIGEST = "digest";
  static final String METRICS = "metrics";
  static final String HEADLINE = "headline";
  static final String TRACE = "trace";

  private static final Logger LOG = LoggerFactory.getLogger(StageMain.class);

  private StageMain() {}

  /**
   * Runs the stages.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    // Output of libraries must not get between our lines.
    System.setOut(System.err);
    // Ctrl-C reaches all processes of a terminal; this one ends only when the run that started it
    // says so.
    Signals.register("INT", () -> {});
    StageCalls calls = StageCalls.from(System.in, Thread.currentThread());
    try {
      long number = 0;
      for (Optional<Path> call = calls.next(); call.isPresent(); call = calls.next()) {
        number++;
        WireContext context = new WireContext(out, number);
        if (calls.begin()) {
          perform(call.get(), context);
          calls.done();
        } else {
          context.send(STOPPED, Map.of(WireContext.TEXT, ""));
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("Interrupted from an unknown place", e);
    } finally {
      SharedSpark.stop();
    }
    // Threads of Spark and of native code must not keep it alive.
    System.exit(0);
  }

  private static void perform(Path file, WireContext context) {
    try {
      Map<String, Object> json = JsonText.object(Files.readAllBytes(file));
      JobCall call = JobCallReader.read(json, JobCatalogue.installed());
      JobResult result = call.perform(context);
      context.send(
          RESULT,
          Map.of(DIGEST, result.digest(), METRICS, result.metrics(), HEADLINE, result.headline()));
    } catch (CannotException e) {
      context.send(CANNOT, Map.of(WireContext.TEXT, e.getMessage()));
    } catch (CancellationException e) {
      context.send(STOPPED, Map.of(WireContext.TEXT, e.getMessage() == null ? "" : e.getMessage()));
    } catch (Throwable e) {
      // The run that waits must get any failure.
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      context.send(FAILED, Map.of(WireContext.TEXT, e.toString(), TRACE, trace.toString()));
    }
  }
}
