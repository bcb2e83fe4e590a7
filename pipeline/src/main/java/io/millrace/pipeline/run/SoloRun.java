package io.millrace.pipeline.run;

import io.millrace.pipeline.spec.StageSpec;
import java.net.URI;
import java.util.Map;

/** Runs one job alone, by flags, into a folder of the user's choice. */
public final class SoloRun {
  private SoloRun() {}

  /**
   * Runs the job and publishes its result as {@code output}. Work is done in a hidden folder beside
   * it, {@code .<name>.millrace/}, which is removed after success; killed and started again with
   * the same parameters, the job goes on from its checkpoints.
   *
   * @param output a folder that is not there, is empty, or holds an artifact
   * @param overwrite whether an artifact there may be replaced
   * @param settings flat keys that can't change the result; they win over the stage's
   * @return how it ended; a failed job is in the result, not thrown
   * @throws io.millrace.pipeline.CannotException when the folder can't be written or another
   *     process is writing it
   */
  public static StageResult run(
      StageSpec stage,
      URI output,
      boolean overwrite,
      Map<String, String> settings,
      RunListener listener) {
    throw new UnsupportedOperationException(
        stage.name() + output + overwrite + settings + listener);
  }
}
