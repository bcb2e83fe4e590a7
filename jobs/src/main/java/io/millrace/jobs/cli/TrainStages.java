package io.millrace.jobs.cli;

import io.millrace.jobs.train.TrainParameters;
import io.millrace.pipeline.spec.Nearest;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.spec.StageSpec;
import java.util.List;

/** The train stages of a pipeline. */
final class TrainStages {
  private static final String STAGE = "--stage";

  private TrainStages() {}

  /**
   * All, or the one that is wanted; at least one.
   *
   * @param wanted its name; empty for all
   */
  static List<StageSpec> of(PipelineSpec pipeline, String wanted) {
    List<StageSpec> all =
        pipeline.stages().stream()
            .filter(stage -> stage.job().parameters() == TrainParameters.class)
            .toList();
    if (all.isEmpty()) {
      throw Refusal.because(pipeline.origin(), "has no train stage");
    }
    List<String> names = all.stream().map(StageSpec::name).toList();
    if (!wanted.isEmpty() && !names.contains(wanted)) {
      throw Refusal.because(
          STAGE,
          "there is no train stage '"
              + wanted
              + "'"
              + Nearest.hintAndList(wanted, names, "there are"));
    }
    return wanted.isEmpty() ? all : List.of(all.get(names.indexOf(wanted)));
  }
}
