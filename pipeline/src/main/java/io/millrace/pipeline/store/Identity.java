package io.millrace.pipeline.store;

import java.util.SortedMap;

/**
 * All that decides a stage's result, and nothing else.
 *
 * @param job the job's name
 * @param version the job's version
 * @param parameters the parameters that can change the result, without locations
 * @param inputs what is read from other stages, by the parameter's key path
 * @param sources what is read from outside the workspace, by the parameter's key path
 */
public record Identity(
    String job,
    int version,
    SortedMap<String, Object> parameters,
    SortedMap<String, Input> inputs,
    SortedMap<String, Listing> sources) {
  /** SHA-256 over all of it, as hex. */
  public String fingerprint() {
    throw new UnsupportedOperationException(job);
  }
}
