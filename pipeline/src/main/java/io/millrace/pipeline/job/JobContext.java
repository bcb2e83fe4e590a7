package io.millrace.pipeline.job;

import java.util.Map;

/** What a running job reports: progress, events and notices for the user. */
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

  /**
   * A sentence that the user should read, e.g. about quarantined pictures or a resumed training.
   */
  void notice(String sentence);

  /** The progress of long work; closing it ends its line. */
  interface Progress extends AutoCloseable {
    /** Adds {@code n} units; callable from any thread. */
    void advance(long n);

    /** Adds {@code n} units that an earlier attempt did; they do not count in the rate. */
    default void already(long n) {
      advance(n);
    }

    /**
     * Begins a part of this work that gets a line of its own, such as one of several workers. It
     * ends with this work at the latest.
     *
     * @param total the units to do, or -1 if unknown; of the same kind as this work's
     */
    default Progress part(String label, long total) {
      return SilentContext.NONE;
    }

    /** Text beside the bar, such as the loss. */
    void note(String text);

    @Override
    void close();
  }

  /** A context that ignores everything, for tests and for use as a library. */
  static JobContext silent() {
    return SilentContext.INSTANCE;
  }
}
