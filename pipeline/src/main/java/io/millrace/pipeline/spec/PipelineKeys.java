package io.millrace.pipeline.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of a pipeline file that are of no job, as they describe themselves. */
public final class PipelineKeys {
  static final String PARAMS = "params";
  static final String STAGES = "stages";

  /** What the key {@code pipeline} means. */
  static final String PIPELINE = "the pipeline's name";

  /** What the key {@code workspace} means. */
  static final String WORKSPACE = "the folder that artifacts and runs are kept in";

  private static final Map<String, String> TOP = new LinkedHashMap<>();

  static {
    TOP.put("pipeline", PIPELINE);
    TOP.put("workspace", WORKSPACE);
    TOP.put(PARAMS, "values for the rest of the file, which reads them as ${params.NAME}");
    TOP.put(
        StageKeys.SPARK, "settings of Spark for every stage, as in spark { executor.cores = 2 }");
    TOP.put(STAGES, "the stages by their names, each with its job and its keys");
  }

  private PipelineKeys() {}

  /** What the keys at the top of the file mean, by their names. */
  public static Map<String, String> top() {
    return Collections.unmodifiableMap(TOP);
  }

  /** The keys that every stage has beside its job's, except {@code spark}. */
  public static Class<? extends Record> ofStages() {
    return StageKeys.class;
  }

  /** What {@code spark} means in a stage, by its name. */
  public static Map.Entry<String, String> sparkOfStages() {
    return Map.entry(
        StageKeys.SPARK,
        "settings of Spark for this stage, as in spark { executor.memory = 8g }, beside those of"
            + " the pipeline; they never change a result");
  }
}
