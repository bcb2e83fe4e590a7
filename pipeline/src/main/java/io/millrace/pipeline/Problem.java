package io.millrace.pipeline;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * One mistake in a configuration.
 *
 * @param where {@code file:line}, or the flag that was given; empty if the place is unknown
 * @param message what is wrong, naming the key and the bad value, and what to do
 * @param excerpt the line itself, where there is one to show
 */
@API(status = API.Status.STABLE)
public record Problem(String where, String message, Optional<Excerpt> excerpt) {
  /** A problem without a line to show. */
  public Problem(String where, String message) {
    this(where, message, Optional.empty());
  }

  @Override
  public String toString() {
    return where.isEmpty() ? message : where + ": " + message;
  }
}
