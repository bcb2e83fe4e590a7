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
 * Decides where stages run. Stages with the run's Spark settings share this process's session. A
 * stage with other settings runs in an application of its own, since Spark can't change them in a
 * session, and later stages with the same settings share it. A stage that only asks for more of an
 * executor for each task shares the session by stage-level scheduling.
 */
public final class StageWorkplace implements Workplace, AutoCloseable {
  private static final String SPARK = "spark.";
  private static final String MASTER = "spark.master";

  private final Map<String, String> shared;
  private final Map<String, String> session;
  private Optional<StageApplication> resting = Optional.empty();
  private int atWork;

  /**
   * @param shared settings of the run as a whole
   */
  public StageWorkplace(Map<String, String> shared) {
    this.shared = Map.copyOf(shared);
    this.session = SharedSpark.overSubmitted(shared);
  }

  @Override
  public JobResult perform(JobCall call, JobContext context) throws Exception {
    changeAtWork(1);
    try {
      return placed(call, context);
    } finally {
      changeAtWork(-1);
    }
  }

  private synchronized void changeAtWork(int by) {
    atWork += by;
  }

  private JobResult placed(JobCall call, JobContext context) throws Exception {
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

  /** The stage may need the executors that an idle application has. */
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
          "Runs in an application of its own, since a session can't change: " + asked + ".");
      application = StageApplication.start(call, settings);
    } else {
      context.notice("Shares the application of " + application.first() + ": " + asked + ".");
    }
    boolean rests = false;
    try {
      JobResult result = application.run(call, context);
      rests = rest(application);
      return result;
    } finally {
      if (!rests) {
        application.close();
      }
    }
  }

  /** The idle application if it has these settings; otherwise that one is ended. */
  private Optional<StageApplication> resting(Map<String, String> settings) throws IOException {
    Optional<StageApplication> found = taken();
    if (found.isPresent() && !found.get().serves(settings)) {
      found.get().close();
      return Optional.empty();
    }
    return found;
  }

  private synchronized Optional<StageApplication> taken() {
    Optional<StageApplication> found = resting;
    resting = Optional.empty();
    return found;
  }

  /**
   * Keeps an application for the next stage, unless another running stage may wait for executors.
   */
  private synchronized boolean rest(StageApplication application) {
    boolean alone = atWork == 1;
    if (alone) {
      resting = Optional.of(application);
    }
    return alone;
  }

  /** Ends the idle application. */
  @Override
  public void close() throws IOException {
    Optional<StageApplication> found = taken();
    if (found.isPresent()) {
      found.get().close();
    }
  }

  private static String shown(String key, String value) {
    return value.isEmpty() ? "as Spark has it" : Secrets.shown(key, value);
  }

  /** The settings of a stage that differ from the run's. */
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
