package io.millrace.pipeline.job;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a job gets to make the card of a stage, while the stage runs or long after.
 *
 * @param stage the stage's name
 * @param artifact the folder of its result; empty while it runs and after it failed
 * @param inputs the folders that it read, by the parameter's key path ({@code shards}), as far as
 *     they are known; they may have been removed
 * @param events the events that the job wrote with {@link JobContext#event} in this run, oldest
 *     first, each with its kind and time; empty if the stage was skipped
 */
public record CardRequest(
    String stage,
    Optional<URI> artifact,
    Map<String, URI> inputs,
    List<Map<String, Object>> events) {
  /** The events of one kind. */
  public List<Map<String, Object>> events(String kind) {
    return events.stream().filter(event -> kind.equals(event.get("event"))).toList();
  }
}
