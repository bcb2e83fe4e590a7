package io.millrace.pipeline.history;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run of a pipeline.
 *
 * @param folder with its files
 * @param name the folder's name, its UTC time
 * @param pipeline the pipeline's name
 * @param command the command that started it, without options that can't change a result
 * @param state its state
 * @param started when it began
 * @param seconds its duration; until its last event if it has not ended
 * @param stages in the order of the plan
 * @param configuration as resolved, HOCON
 */
public record RunRecord(
    URI folder,
    String name,
    String pipeline,
    String command,
    RunState state,
    Instant started,
    double seconds,
    List<StageRecord> stages,
    String configuration) {
  /** The stage with that name. */
  public Optional<StageRecord> stage(String stage) {
    return stages.stream().filter(each -> each.name().equals(stage)).findFirst();
  }

  /** The most important figure: that of the last stage that has one. */
  public String headline() {
    return stages.stream()
        .map(StageRecord::headline)
        .filter(figure -> !figure.isEmpty())
        .reduce((earlier, later) -> later)
        .orElse("");
  }
}
