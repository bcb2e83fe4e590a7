package io.millrace.pipeline.run;

import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.spec.StageSpec;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stage's job with everything it needs, in a form that can be sent to another process: parameters
 * are bound where the job runs, from the written keys.
 *
 * @param stage its name
 * @param keys of the job as written, in HOCON
 * @param inputs the folder of every upstream artifact, by stage
 * @param staging see {@link JobRequest}, also for the others
 * @param runFolder of the run, for logs
 */
public record JobCall(
    String stage,
    Job<?> job,
    String keys,
    Map<String, URI> inputs,
    URI staging,
    URI unfinished,
    URI scratch,
    URI runFolder,
    Map<String, String> settings,
    String reproduce) {

  /**
   * Runs the job in this JVM.
   *
   * @throws Exception whatever the job throws
   */
  public JobResult perform(JobContext context) throws Exception {
    return perform(job, context);
  }

  private <P extends Record> JobResult perform(Job<P> bound, JobContext context) throws Exception {
    P parameters = bound.parameters().cast(StageSpec.parameters(stage, bound, keys, inputs));
    return bound.run(
        new JobRequest<>(stage, parameters, staging, unfinished, scratch, settings, reproduce),
        context);
  }

  /** The call as strings and maps of strings, for {@link JobCallReader}. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stage", stage);
    json.put("job", job.name());
    json.put("keys", keys);
    Map<String, String> folders = new TreeMap<>();
    inputs.forEach((name, folder) -> folders.put(name, folder.toString()));
    json.put("inputs", folders);
    json.put("staging", staging.toString());
    json.put("unfinished", unfinished.toString());
    json.put("scratch", scratch.toString());
    json.put("run-folder", runFolder.toString());
    json.put("settings", new TreeMap<>(settings));
    json.put("reproduce", reproduce);
    return json;
  }
}
