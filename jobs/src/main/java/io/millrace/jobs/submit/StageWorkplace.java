package io.millrace.jobs.submit;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.spark.StageResources;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.run.JobCall;
import io.millrace.pipeline.run.Workplace;
import io.millrace.pipeline.spec.Secrets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Stages with the same Spark settings share this process's session. One that asks for others works
 * in an application of its own, since Spark can't change them in a session; one that only asks for
 * more of an executor for each task shares the session by stage-level scheduling.
 */
public final class StageWorkplace implements Workplace {
  private static final String SPARK = "spark.";
  private static final String MASTER = "spark.master";

  private final Map<String, String> shared;
  private final Map<String, String> session;

  /**
   * @param shared settings of the run as a whole
   */
  public StageWorkplace(Map<String, String> shared) {
    this.shared = Map.copyOf(shared);
    this.session = SharedSpark.overSubmitted(shared);
  }

  @Override
  public JobResult perform(JobCall call, JobContext context) throws Exception {
    Map<String, String> own = difference(call.settings());
    if (own.isEmpty()) {
      return HERE.perform(call, context);
    }
    String asked =
        own.entrySet().stream()
            .map(setting -> setting.getKey() + " = " + shown(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining(", "));
    if (!own.containsKey(MASTER) && SharedSpark.isLocal(session.getOrDefault(MASTER, "local"))) {
      context.notice(
          asked + " has no effect: in local mode all stages share the threads of this process.");
      return HERE.perform(call, context);
    }
    if (StageResources.serve(own.keySet())) {
      context.notice("Shares the run's session with a resource profile of its own: " + asked + ".");
      return HERE.perform(call, context);
    }
    context.notice(
        "Works in an application of its own, since Spark can't change in a session: "
            + asked
            + ".");
    Map<String, String> settings = new TreeMap<>(session);
    settings.putAll(own);
    return new StageApplication(call, settings, context).run();
  }

  private static String shown(String key, String value) {
    return value.isEmpty() ? "as Spark has it" : Secrets.shown(key, value);
  }

  /** What a stage sets otherwise than the run. */
  private Map<String, String> difference(Map<String, String> settings) {
    Map<String, String> own = new TreeMap<>();
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(SPARK)
              && !value.equals(shared.get(key))
              && !value.equals(session.get(key))) {
            own.put(key, value);
          }
        });
    return own;
  }
}
