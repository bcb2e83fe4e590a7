package io.millrace.pipeline.run;

import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobCatalogue;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** Reads a {@link JobCall#json} in the process that does the work. */
public final class JobCallReader {
  private final Map<String, Object> json;

  private JobCallReader(Map<String, Object> json) {
    this.json = json;
  }

  /**
   * The call.
   *
   * @param jobs must contain its job
   */
  public static JobCall read(Map<String, Object> json, JobCatalogue jobs) {
    return new JobCallReader(json).read(jobs);
  }

  private JobCall read(JobCatalogue jobs) {
    Job<?> job = jobs.named(text("job")).orElseThrow();
    Map<String, String> settings = texts("settings");
    Map<String, URI> inputs = new TreeMap<>();
    texts("inputs").forEach((name, folder) -> inputs.put(name, URI.create(folder)));
    return new JobCall(
        text("stage"),
        job,
        text("keys"),
        inputs,
        URI.create(text("staging")),
        URI.create(text("unfinished")),
        URI.create(text("scratch")),
        URI.create(text("run-folder")),
        settings,
        text("reproduce"));
  }

  private String text(String key) {
    return (String) json.get(key);
  }

  private Map<String, String> texts(String key) {
    Map<String, String> texts = new TreeMap<>();
    ((Map<?, ?>) json.get(key)).forEach((name, value) -> texts.put((String) name, (String) value));
    return texts;
  }
}
