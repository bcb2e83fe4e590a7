package io.millrace.pipeline.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that decides a stage's result, and nothing else.
 *
 * @param job the job's name
 * @param version the job's version
 * @param parameters the parameters that can change the result, without locations
 * @param inputs inputs from other stages, by the parameter's key path
 * @param sources inputs from outside the workspace, by the parameter's key path
 */
public record Identity(
    String job,
    int version,
    SortedMap<String, Object> parameters,
    SortedMap<String, Input> inputs,
    SortedMap<String, Listing> sources) {
  public Identity {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
  }

  /** SHA-256 of everything, as hex. */
  public String fingerprint() {
    Map<String, Object> read = new TreeMap<>();
    inputs.forEach((key, input) -> read.put(key, part(input.reference()) + "=" + input.digest()));
    sources.forEach((key, listing) -> read.put(key, "listing=" + listing.digest()));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("job", job);
    all.put("version", version);
    all.put("parameters", parameters);
    all.put("read", read);
    return Digests.of(JsonText.line(all));
  }

  /**
   * The part of a reference. The stage's name is left out, since renaming a stage does not change
   * the result.
   */
  private static String part(String reference) {
    int slash = reference.indexOf('/');
    return slash < 0 ? "" : reference.substring(slash + 1);
  }
}
