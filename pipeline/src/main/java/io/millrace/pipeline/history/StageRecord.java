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
 * @param state how it stands
 * @param reason why it ran, was skipped or failed; while it waits, what the plan said
 * @param started when its job began; empty if it did not
 * @param seconds that it took; 0 while that isn't known
 * @param artifact the folder of its result
 * @param headline its main figure; empty if there is none
 * @param metrics its figures
 * @param events what its job told, oldest first, each with its kind and time
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
  /** The fingerprint of the result that its job was to make; empty if it did not begin. */
  public Optional<String> fingerprint() {
    return events.stream()
        .map(event -> event.get("fingerprint"))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst();
  }
}
