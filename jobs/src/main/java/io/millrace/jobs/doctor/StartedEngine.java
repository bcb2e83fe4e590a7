package io.millrace.jobs.doctor;

import io.millrace.jobs.engine.Engine;
import io.millrace.pipeline.CannotException;
import java.util.Map;
import java.util.Optional;

/**
 * How an engine started in this process.
 *
 * @param name of the engine
 * @param summary library and version, devices, precision and what it can't do
 * @param description its settings once started; empty if it did not start
 * @param seconds that the start took, with unpacking where that was needed
 * @param refusal why it did not start
 */
public record StartedEngine(
    String name,
    String summary,
    Map<String, String> description,
    double seconds,
    Optional<String> refusal) {
  private static final double NANOS = 1e9;

  static StartedEngine of(Engine engine) {
    long begun = System.nanoTime();
    Map<String, String> description = Map.of();
    Optional<String> refusal = Optional.empty();
    try {
      description = engine.description();
    } catch (CannotException e) {
      refusal = Optional.of(e.getMessage());
    }
    double seconds = (System.nanoTime() - begun) / NANOS;
    return new StartedEngine(engine.name(), engine.summary(), description, seconds, refusal);
  }
}
