package io.millrace.jobs.session;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.run.RunResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * How a pipeline ended.
 *
 * @param name the pipeline's
 * @param stages in the order in which they were planned
 * @param folder path or URI of the run's folder, with its report, plan and events
 * @param seconds wall time
 * @param notices that are not about a stage, a sentence each
 */
@API(status = API.Status.STABLE)
public record FinishedPipeline(
    String name, List<FinishedStage> stages, String folder, double seconds, List<String> notices) {
  static FinishedPipeline of(
      RunResult result, String folder, Map<String, String> settings, Notices notices) {
    List<FinishedStage> stages =
        result.stages().stream()
            .map(stage -> FinishedStage.of(stage, settings, notices.of(stage.name())))
            .toList();
    return new FinishedPipeline(
        result.pipeline(), stages, folder, result.seconds(), notices.of(""));
  }

  /**
   * One stage.
   *
   * @throws CannotException if there is none of that name
   */
  public FinishedStage stage(String name) {
    return stages.stream()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CannotException(
                    "find stage '" + name + "' of pipeline " + this.name,
                    "the stages are: "
                        + stages.stream()
                            .map(FinishedStage::name)
                            .collect(Collectors.joining(", "))));
  }
}
