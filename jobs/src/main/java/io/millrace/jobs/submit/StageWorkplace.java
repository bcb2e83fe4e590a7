package io.millrace.jobs.submit;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.spark.StageResources;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.run.JobCall;
import io.millrace.pipeline.run.Workplace;
import io.millrace.pipeline.spec.Secrets;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Stages with the same Spark settings share this process's session. One that asks for others works
 * in an application of its own, since Spark can't change them in a session, and stages that follow
 * with the same settings share that; one that only asks for more of an executor for each task
 * shares the session by stage-level scheduling.
 */
public final class StageWorkplace implements Workplace, AutoCloseable {
  private static final String SPARK = "spark.";
  private static final String MASTER = "spark.master";

  private final Map<String, String> shared;
  private final Map<String, String> session;
  private StageApplication resting;

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
      return here(call, context);
    }
    String asked =
        own.entrySet().stream()
            .map(setting -> setting.getKey() + " = " + shown(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining(", "));
    if (!own.containsKey(MASTER) && SharedSpark.isLocal(session.getOrDefault(MASTER, "local"))) {
      context.notice(
          asked + " has no effect: in local mode all stages share the threads of this process.");
      return here(call, context);
    }
    if (StageResources.serve(own.keySet())) {
      context.notice("Shares the run's session with a resource profile of its own: " + asked + ".");
      return here(call, context);
    }
    return inApplication(call, own, asked, context);
  }

  /** Whoever works now may need the executors that a resting application has. */
  private JobResult here(JobCall call, JobContext context) throws Exception {
    close();
    return HERE.perform(call, context);
  }

  private JobResult inApplication(
      JobCall call, Map<String, String> own, String asked, JobContext context) throws Exception {
    Map<String, String> settings = new TreeMap<>(session);
    settings.putAll(own);
    settings.keySet().removeIf(key -> !key.startsWith(SPARK));
    StageApplication application = resting(settings).orElse(null);
    if (application == null) {
      context.notice(
          "Works in an application of its own, since Spark can't change in a session: "
              + asked
              + ".");
      application = StageApplication.start(call, settings);
    } else {
      context.notice("Shares the application of " + application.first() + ": " + asked + ".");
    }
    boolean well = false;
    try {
      JobResult result = application.run(call, context);
      well = true;
      return result;
    } finally {
      if (well) {
        rest(application);
      } else {
        application.close();
      }
    }
  }

  /** The application that rests, if it has these settings; another is ended. */
  private synchronized Optional<StageApplication> resting(Map<String, String> settings)
      throws IOException {
    if (resting != null && resting.serves(settings)) {
      StageApplication found = resting;
      resting = null;
      return Optional.of(found);
    }
    close();
    return Optional.empty();
  }

  private synchronized void rest(StageApplication application) throws IOException {
    close();
    resting = application;
  }

  /** Ends the application that waits for more stages. */
  @Override
  public synchronized void close() throws IOException {
    if (resting != null) {
      StageApplication ended = resting;
      resting = null;
      ended.close();
    }
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
