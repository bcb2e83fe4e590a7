package io.millrace.jobs.ingest;

import java.io.Serializable;

/**
 * How often a record was quarantined for one reason.
 *
 * @param first the first such record's id
 */
record Damage(long count, String first) implements Serializable {
  /** The sum of both; this one's records come before the other's. */
  Damage and(Damage later) {
    return new Damage(count + later.count, first);
  }
}
