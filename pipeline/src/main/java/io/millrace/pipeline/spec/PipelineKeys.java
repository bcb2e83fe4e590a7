package io.millrace.pipeline.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of a pipeline file that do not belong to a job, with descriptions. */
public final class PipelineKeys {
  static final String PARAMS = "params";
  static final String STAGES = "stages";

  /** The description of the key {@code pipeline}. */
  static final String PIPELINE = "the pipeline's name";

  /** The description of the key {@code workspace}. */
  static final String WORKSPACE = "the folder of artifacts and runs";

  private static final Map<String, String> TOP = new LinkedHashMap<>();

  static {
    TOP.put("pipeline", PIPELINE);
    TOP.put("workspace", WORKSPACE);
    TOP.put(PARAMS, "values that the rest of the file can use as ${params.NAME}");
    TOP.put(
        StageKeys.SPARK, "settings of Spark for every stage, as in spark { executor.cores = 2 }");
    TOP.put(STAGES, "the stages by name, each with its job and its keys");
  }

  private PipelineKeys() {}

  /** The descriptions of the keys at the top of the file, by name. */
  public static Map<String, String> top() {
    return Collections.unmodifiableMap(TOP);
  }

  /** The keys that every stage has besides its job's, without {@code spark}. */
  public static Class<? extends Record> ofStages() {
    return StageKeys.class;
  }

  /** The key {@code spark} of a stage with its description. */
  public static Map.Entry<String, String> sparkOfStages() {
    return Map.entry(
        StageKeys.SPARK,
        "settings of Spark for this stage, as in spark { executor.memory = 8g }, in addition to"
            + " those of the pipeline; they never change a result");
  }
}
