package io.millrace.pipeline.spec;

import java.util.Map;

/**
 * Parameters as plain sorted values, the basis of a stage's fingerprint. Two records that mean the
 * same give equal maps, however they were spelt: key order, comments, a default written out or left
 * away, {@code 0.1} or {@code 1e-1}, the short or the long form of a choice.
 */
public final class Canonical {
  private Canonical() {}

  /**
   * The parameters that can change a result. Whole numbers are {@link Long}, others {@link Double},
   * everything else strings, booleans, lists and sorted maps of these. Left out are components with
   * {@code affectsResult = false}, empty optionals, and every {@link
   * io.millrace.pipeline.job.Location}: what a location holds counts, not where it is, and {@link
   * StageSpec#locations()} lists them by key path.
   */
  public static Map<String, Object> of(Record parameters) {
    throw new UnsupportedOperationException();
  }
}
