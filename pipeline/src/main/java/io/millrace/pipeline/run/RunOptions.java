package io.millrace.pipeline.run;

import io.millrace.pipeline.plan.Selection;
import java.util.Map;

/**
 * How to run a pipeline; no option changes a result.
 *
 * @param selection which stages to run, and which of them again
 * @param parallel how many independent stages may run at once, at least 1
 * @param settings flat keys such as {@code spark.master}; they override the pipeline's and the
 *     stage's. Keys {@code spark.hadoop.*} also reach the workspace's file system
 * @param workplace where the jobs run
 */
public record RunOptions(
    Selection selection, int parallel, Map<String, String> settings, Workplace workplace) {
  /** Everything, one stage at a time. */
  public static final RunOptions DEFAULT = new RunOptions(Selection.ALL, 1, Map.of());

  /** Options with every job in this JVM. */
  public RunOptions(Selection selection, int parallel, Map<String, String> settings) {
    this(selection, parallel, settings, Workplace.HERE);
  }

  public RunOptions {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel must be at least 1, not " + parallel);
    }
    settings = Map.copyOf(settings);
  }
}
