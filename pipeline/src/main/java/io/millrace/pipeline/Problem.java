package io.millrace.pipeline;

/**
 * One mistake in a configuration.
 *
 * @param where {@code file:line}, or the flag that was given; empty if the place is unknown
 * @param message what is wrong, naming the key and the bad value, and what to do
 */
public record Problem(String where, String message) {
  @Override
  public String toString() {
    return where.isEmpty() ? message : where + ": " + message;
  }
}
