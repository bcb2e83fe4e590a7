package io.millrace.jobs.submit;

import io.millrace.jobs.files.JobFiles;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * A run whose driver runs on the cluster. The pipeline file and the result are passed through the
 * workspace, {@code <workspace>/submissions/<id>/}, since Spark itself returns neither output nor
 * exit status of such a driver.
 *
 * @param workspace absolute path or URI that the cluster sees, too
 * @param settings Spark's, {@code spark.master} among them
 */
public record DeployedRun(String workspace, Map<String, String> settings) {
  private static final String PIPELINE = "pipeline.conf";
  private static final String RESULT = "result.json";
  private static final int LINES_SHOWN = 3;

  /**
   * Submits the run, waits for its end and reads its result.
   *
   * @param pipeline the resolved configuration, HOCON
   * @param words further words of the command {@code run}: overrides, the selection
   * @return the object that {@code run --json} prints
   * @throws CannotException if it can't be submitted, or ended without a result
   * @throws CancellationException if this thread was interrupted; the run continues
   */
  public Map<String, Object> await(String pipeline, List<String> words) {
    String id = UUID.randomUUID().toString();
    URI folder = JobFiles.uri(workspace + "/submissions/" + id);
    Path log = null;
    try {
      JobFiles files = JobFiles.in(folder);
      try (OutputStream out = files.create(PIPELINE)) {
        out.write(pipeline.getBytes(StandardCharsets.UTF_8));
      }
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of("run", JobFiles.shown(files.path(PIPELINE).toUri())));
      arguments.addAll(List.of("--result", JobFiles.shown(files.path(RESULT).toUri()), "--quiet"));
      arguments.addAll(words);
      log = Files.createTempFile("millrace-submit", ".log");
      int status = submit(arguments, log);
      byte[] result = files.read(RESULT).orElse(null);
      if (result == null) {
        throw new CannotException("run on " + settings.get("spark.master"), why(status, log));
      }
      files.delete(PIPELINE);
      files.delete(RESULT);
      JobFiles.in(JobFiles.uri(workspace + "/submissions")).delete(id);
      Files.delete(log);
      return JsonText.object(result);
    } catch (IOException e) {
      throw new CannotException("submit the run", e.getMessage(), e);
    }
  }

  private int submit(List<String> arguments, Path log) throws IOException {
    Map<String, String> all = new HashMap<>(defaults());
    all.putAll(settings);
    all.put("spark.submit.deployMode", "cluster");
    Redirect file = Redirect.appendTo(log.toFile());
    try (Submission.Started started =
        new Submission(Submission.MILLRACE, all, arguments).start(log.getParent(), file, file)) {
      return started.process().waitFor();
    } catch (InterruptedException e) {
      throw new CancellationException(
          "Stopped waiting: the run continues on "
              + settings.get("spark.master")
              + " and leaves its result in "
              + workspace
              + "/runs; end it there");
    }
  }

  private static Map<String, String> defaults() {
    Map<String, String> defaults = new HashMap<>();
    // Otherwise spark-submit would end as soon as the driver is submitted.
    defaults.put("spark.standalone.submit.waitAppCompletion", "true");
    // A run that failed would fail again.
    defaults.put("spark.yarn.maxAppAttempts", "1");
    defaults.put("spark.driver.memory", "2g");
    return defaults;
  }

  private String why(int status, Path log) throws IOException {
    List<String> said;
    try (Stream<String> lines = Files.lines(log)) {
      said =
          lines
              .filter(line -> line.matches(".*(ERROR|Exception|Error|FAILED|failed).*"))
              .map(String::strip)
              .toList();
    }
    List<String> last = said.subList(Math.max(0, said.size() - LINES_SHOWN), said.size());
    return "it ended with status "
        + status
        + " of spark-submit and left no result in "
        + workspace
        + "/submissions: "
        + (last.isEmpty()
            ? "do the cluster's machines see the workspace, and on a standalone cluster Millrace's"
                + " jar at the same path as here?"
            : String.join(" | ", last))
        + " (the output of spark-submit is in "
        + log
        + ", the driver's own log is on the cluster)";
  }
}
