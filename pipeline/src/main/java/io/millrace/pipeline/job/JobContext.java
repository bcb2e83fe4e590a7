package io.millrace.pipeline.job;

import java.util.Map;

/** What a running job tells the outside: progress, events and sentences for the person watching. */
public interface JobContext {
  /**
   * Begins a piece of long work.
   *
   * @param label e.g. {@code "train"}
   * @param total the units to do, or -1 if unknown
   * @param unit e.g. {@code "images"}
   */
  Progress progress(String label, long total, String unit);

  /** Writes one event of the run, e.g. {@code event("round", Map.of("loss", 1.2))}. */
  void event(String kind, Map<String, ?> fields);

  /** A sentence worth a person's attention (quarantined pictures, a resumed training). */
  void notice(String sentence);

  /** Long work whose state can be shown; closing it ends its line. */
  interface Progress extends AutoCloseable {
    /** Adds {@code n} units; callable from any thread. */
    void advance(long n);

    /**
     * Counts {@code n} units that were done by an earlier attempt: they say nothing of the rate.
     */
    default void already(long n) {
      advance(n);
    }

    /**
     * Begins a part of this work that is worth a line of its own, such as one of several workers;
     * it ends with this work at the latest.
     *
     * @param total the units to do, or -1 if unknown; of the same kind as this work's
     */
    default Progress part(String label, long total) {
      return SilentContext.NONE;
    }

    /** Words beside the bar, such as the loss. */
    void note(String text);

    @Override
    void close();
  }

  /** A context that says nothing, for tests and for use as a library. */
  static JobContext silent() {
    return SilentContext.INSTANCE;
  }
}
