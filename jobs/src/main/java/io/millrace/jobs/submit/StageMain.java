package io.millrace.jobs.submit;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.run.JobCall;
import io.millrace.pipeline.run.JobCallReader;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jline.utils.Signals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main of an application that does one stage's job for a run in another process. It is told
 * what to do by a file, tells how it goes on stdout, and stops when its stdin ends, as it does when
 * that other process dies.
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
   * Does the work.
   *
   * @param arguments the file with the call
   */
  public static void main(String[] arguments) {
    WireContext context = new WireContext(System.out);
    // Whatever libraries print is not for the reader of our lines.
    System.setOut(System.err);
    // Ctrl-C in a terminal reaches all of its processes; the one that was started says when to end.
    Signals.register("INT", () -> {});
    stopAtTheEndOf(System.in, Thread.currentThread());
    try {
      Map<String, Object> json = JsonText.object(Files.readAllBytes(Path.of(arguments[0])));
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
      // Whatever it is, the run that waits must hear of it.
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      context.send(FAILED, Map.of(WireContext.TEXT, e.toString(), TRACE, trace.toString()));
    } finally {
      boolean unused = Thread.interrupted();
      SharedSpark.stop();
    }
    // Threads of Spark and of native code must not keep it alive.
    System.exit(0);
  }

  private static void stopAtTheEndOf(InputStream input, Thread working) {
    Thread waiting =
        new Thread(
            () -> {
              try {
                // Nothing is ever written there.
                input.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                LOG.warn("The run that started this one can no longer be heard", e);
              }
              working.interrupt();
            },
            "stop");
    waiting.setDaemon(true);
    waiting.start();
  }
}
