package io.millrace.jobs.cli;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.submit.DeployedRun;
import io.millrace.jobs.terminal.OutputMode;
import io.millrace.jobs.terminal.Screen;
import io.millrace.jobs.terminal.TextTable;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.Secrets;
import io.millrace.pipeline.spec.StageSpec;
import io.millrace.pipeline.store.JsonText;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code millrace run FILE --deploy-mode cluster}: submits the run, waits for its end and prints
 * its results.
 */
final class DeployedRunCommand {
  private static final String MASTER = "spark.master";
  private static final String OUTCOME = "outcome";

  private final PipelineSpec pipeline;
  private final Map<String, String> settings;
  private final Screen screen;

  /**
   * @param given Spark's settings on the command line
   */
  DeployedRunCommand(PipelineSpec pipeline, Map<String, String> given, Screen screen) {
    this.pipeline = pipeline;
    this.settings = new HashMap<>(pipeline.settings());
    this.settings.putAll(given);
    this.screen = screen;
  }

  /**
   * @param words the options that choose stages, as on the command line
   * @param place of a file for the result, if one is wanted
   * @return the exit status of the run
   */
  int run(List<String> words, OutputMode outputMode, Optional<String> place) {
    String master = settings.getOrDefault(MASTER, "local");
    if (SharedSpark.isLocal(master)) {
      throw Refusal.because(
          "--deploy-mode",
          "cluster needs the --master of a cluster, such as spark://host:7077 or yarn, not "
              + master);
    }
    refuseSecretsOfOneStage();
    List<String> all = new ArrayList<>(places());
    all.addAll(words);
    Map<String, Object> result = awaited(all, outputMode);
    place.ifPresent(it -> ResultFile.write(it, result));
    boolean succeeded = "succeeded".equals(result.get(OUTCOME));
    if (outputMode.json()) {
      screen.out().print(JsonText.pretty(result));
    } else {
      tell(result);
    }
    screen.out().flush();
    if (!succeeded) {
      Refusal.print(String.valueOf(result.get("error")), screen);
    }
    if (result.containsKey(Refusal.PROBLEMS)) {
      return Status.MISUSED;
    }
    if (Boolean.TRUE.equals(result.get("interrupted"))) {
      return Status.KILLED;
    }
    return succeeded ? Status.DONE : Status.FAILED;
  }

  /** Only secrets of all stages reach the driver; those of one stage would be missing there. */
  private void refuseSecretsOfOneStage() {
    List<Problem> problems = new ArrayList<>();
    for (StageSpec stage : pipeline.stages()) {
      new TreeSet<>(stage.settings().keySet())
          .forEach(
              key -> {
                if (Secrets.isSecret(key) && !settings.containsKey(key)) {
                  problems.add(
                      new Problem(
                          "stages." + stage.name() + "." + key,
                          "is a secret of this stage alone, which --deploy-mode cluster does not"
                              + " bring to the driver; give it to the whole run with"
                              + " --properties-file"));
                }
              });
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private Map<String, Object> awaited(List<String> words, OutputMode outputMode) {
    DeployedRun run = new DeployedRun(pipeline.workspace(), settings);
    String configuration = Secrets.without(pipeline.resolved());
    if (outputMode.quiet() || outputMode.json()) {
      return run.await(configuration, words);
    }
    try (RunFollower follower = new RunFollower(pipeline, settings, screen.err()::println)) {
      screen.err().println("Submitted to " + settings.get(MASTER) + "; waiting for it to end ...");
      follower.begin();
      return run.await(configuration, words);
    }
  }

  private void tell(Map<String, Object> result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("stage", OUTCOME, "time", "artifact"));
    if (result.get("stages") instanceof List<?> stages) {
      for (Object stage : stages) {
        if (stage instanceof Map<?, ?> fields) {
          rows.add(
              List.of(
                  String.valueOf(fields.get("name")),
                  String.valueOf(fields.get(OUTCOME)),
                  Amounts.seconds(((Number) fields.get("seconds")).doubleValue()),
                  fields.get("artifact") == null ? "-" : String.valueOf(fields.get("artifact"))));
        }
      }
    }
    screen.out().print(TextTable.table(rows));
    if (result.get("run-folder") != null) {
      screen.out().println("run: " + result.get("run-folder"));
    }
  }

  /** The driver works in another folder, so paths relative to this one are made absolute. */
  private List<String> places() {
    List<String> words = new ArrayList<>(List.of("--set", "workspace=" + pipeline.workspace()));
    for (StageSpec stage : pipeline.stages()) {
      Map<String, List<String>> lists = new TreeMap<>();
      for (Map.Entry<String, Location> at : new TreeMap<>(stage.locations()).entrySet()) {
        String key = "stages.\"" + stage.name() + "\"." + at.getKey().replaceFirst("\\[.*", "");
        if (at.getKey().endsWith("]")) {
          lists.computeIfAbsent(key, k -> new ArrayList<>()).add(at.getValue().text());
        } else if (!at.getValue().isReference()) {
          words.addAll(List.of("--set", key + "=" + at.getValue().text()));
        }
      }
      lists.forEach((key, all) -> words.addAll(List.of("--set", key + "=" + JsonText.line(all))));
    }
    return words;
  }
}
