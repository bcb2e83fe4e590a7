package io.millrace.jobs.submit;

import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobContext.Progress;
import io.millrace.pipeline.store.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Passes on what a job in another process sends by its {@link WireContext}. */
final class WireReader {
  private final JobContext context;
  private final long call;
  private final Map<Long, Progress> works = new HashMap<>();

  /**
   * @param call whose lines count
   */
  WireReader(JobContext context, long call) {
    this.context = context;
    this.call = call;
  }

  /**
   * Reads to the ending of the call, or to the end of the stream.
   *
   * @return the final line that the other process sent, if any; it has another kind than the lines
   *     of a context
   */
  Optional<Map<String, Object>> read(BufferedReader lines) throws IOException {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // Other lines are of the JVM itself, which may print to stdout.
        if (line.startsWith("{")) {
          Map<String, Object> said = JsonText.object(line.getBytes(StandardCharsets.UTF_8));
          if (number(said, WireContext.CALL) == call && !tellOn(said)) {
            return Optional.of(said);
          }
        }
      }
      return Optional.empty();
    } finally {
      works.values().forEach(Progress::close);
    }
  }

  private boolean tellOn(Map<String, Object> said) {
    switch ((String) said.get(WireContext.KIND)) {
      case WireContext.PROGRESS -> begin(said);
      case WireContext.ADVANCE -> work(said).advance(number(said, WireContext.COUNT));
      case WireContext.ALREADY -> work(said).already(number(said, WireContext.COUNT));
      case WireContext.NOTE -> work(said).note((String) said.get(WireContext.TEXT));
      case WireContext.CLOSE -> {
        work(said).close();
        works.remove(number(said, WireContext.ID));
      }
      case WireContext.EVENT -> event(said);
      case WireContext.NOTICE -> context.notice((String) said.get(WireContext.TEXT));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void begin(Map<String, Object> said) {
    String label = (String) said.get(WireContext.LABEL);
    long total = number(said, WireContext.TOTAL);
    Progress work =
        said.containsKey(WireContext.PARENT)
            ? works.get(number(said, WireContext.PARENT)).part(label, total)
            : context.progress(label, total, (String) said.get(WireContext.UNIT));
    works.put(number(said, WireContext.ID), work);
  }

  @SuppressWarnings("unchecked")
  private void event(Map<String, Object> said) {
    context.event(
        (String) said.get(WireContext.NAME), (Map<String, Object>) said.get(WireContext.FIELDS));
  }

  private Progress work(Map<String, Object> said) {
    return works.get(number(said, WireContext.ID));
  }

  private static long number(Map<String, Object> said, String key) {
    return ((Number) said.get(key)).longValue();
  }
}
