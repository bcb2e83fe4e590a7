package io.millrace.pipeline.history;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One stage of a run.
 *
 * @param name the stage
 * @param job its job's name
 * @param reads the stages that it reads from, by the parameter's key path
 * @param state its state
 * @param reason why it ran, was skipped or failed; while it waits, the reason in the plan
 * @param started when its job began; empty if it did not
 * @param seconds its duration; 0 while it is not known
 * @param artifact the folder of its result
 * @param headline its main figure; empty if there is none
 * @param metrics its figures
 * @param events the events of its job, oldest first, each with its kind and time
 */
public record StageRecord(
    String name,
    String job,
    Map<String, String> reads,
    StageState state,
    String reason,
    Optional<Instant> started,
    double seconds,
    Optional<URI> artifact,
    String headline,
    Map<String, Object> metrics,
    List<Map<String, Object>> events) {
  /** The fingerprint of the result that its job makes; empty if it did not begin. */
  public Optional<String> fingerprint() {
    return events.stream()
        .map(event -> event.get("fingerprint"))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst();
  }
}
