package io.millrace.jobs.session;

import io.millrace.jobs.spark.GpuSettings;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.spark.StageResources;
import io.millrace.pipeline.spec.Secrets;
import io.millrace.pipeline.spec.SettingsCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import scala.Tuple2;

/** Checks {@code spark { .. }} against a session that runs already, with settings of its own. */
final class SessionSettings implements SettingsCheck {
  private static final String SPARK = "spark.";
  private static final String HADOOP = "spark.hadoop.";
  private static final String MASTER = "spark.master";
  private static final String SERIALIZER = "spark.serializer";

  /** These settings change what is shown, not the result. */
  private static final List<String> SHOWING =
      List.of(
          "spark.app.",
          "spark.ui.",
          "spark.eventLog.",
          "spark.history.",
          "spark.metrics.",
          "spark.redaction.");

  private final Map<String, String> session = new TreeMap<>();
  private final boolean local;

  private SessionSettings(SparkConf conf, boolean local) {
    this.local = local;
    for (Tuple2<String, String> each : conf.getAll()) {
      session.put(each._1(), each._2());
    }
  }

  static SessionSettings of(SparkContext live) {
    return new SessionSettings(live.getConf(), SharedSpark.isLocal(live.master()));
  }

  /** The session's settings of Hadoop's file systems. */
  Map<String, String> ofFileSystems() {
    Map<String, String> hadoop = new HashMap<>(session);
    hadoop.keySet().removeIf(key -> !key.startsWith(HADOOP));
    return hadoop;
  }

  @Override
  public List<String> problems(Map<String, String> settings) {
    List<String> problems = new ArrayList<>(gpuProblems(settings));
    List<String> said = List.copyOf(problems);
    different(settings)
        .forEach(
            (key, value) -> {
              boolean known = said.stream().anyMatch(problem -> problem.startsWith(key + " "));
              if (!known && matters(key)) {
                problems.add(
                    "%s = %s can't be set in a Spark session that runs already%s; leave it out, or start the session with it"
                        .formatted(key, Secrets.shown(key, value), has(key)));
              }
            });
    return problems;
  }

  /** A sentence for each setting that is left out, since it would change no result. */
  List<String> ignored(Map<String, String> settings) {
    List<String> ignored = new ArrayList<>();
    different(settings)
        .forEach(
            (key, value) -> {
              if (!matters(key) && !isServed(key)) {
                ignored.add(
                    "%s = %s has no effect in a Spark session that runs already%s."
                        .formatted(key, Secrets.shown(key, value), has(key)));
              }
            });
    return ignored;
  }

  private List<String> gpuProblems(Map<String, String> settings) {
    if (settings.keySet().stream().noneMatch(key -> key.contains(".resource.gpu."))) {
      return List.of();
    }
    Map<String, String> together = new HashMap<>(session);
    together.putAll(settings);
    return GpuSettings.check(Map.of()).problems(together);
  }

  private Map<String, String> different(Map<String, String> settings) {
    Map<String, String> different = new TreeMap<>(settings);
    different
        .entrySet()
        .removeIf(
            it -> !it.getKey().startsWith(SPARK) || isAsInSession(it.getKey(), it.getValue()));
    return different;
  }

  private boolean isAsInSession(String key, String value) {
    return value.equals(session.get(key));
  }

  private boolean matters(String key) {
    if (isServed(key) || SHOWING.stream().anyMatch(key::startsWith)) {
      return false;
    }
    return !local || key.equals(MASTER) || key.equals(SERIALIZER) || key.startsWith(HADOOP);
  }

  /** Stage-level scheduling gives each stage what its tasks ask for. */
  private boolean isServed(String key) {
    return !local && StageResources.serve(Set.of(key));
  }

  private String has(String key) {
    return session.containsKey(key)
        ? ", which has " + Secrets.shown(key, session.get(key))
        : ", which doesn't set it";
  }
}
