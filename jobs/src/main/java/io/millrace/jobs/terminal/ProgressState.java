package io.millrace.jobs.terminal;

import io.millrace.pipeline.text.Amounts;
import java.util.OptionalDouble;

/**
 * The progress of a piece of long work at one moment.
 *
 * @param done units, with those of earlier attempts
 * @param before units of earlier attempts
 * @param total the units to do, or -1 if unknown
 * @param seconds since it began
 * @param note further words; may be empty
 */
record ProgressState(
    String title, long done, long before, long total, String unit, double seconds, String note) {
  private static final String BYTES = "bytes";
  private static final double WHOLE = 100;

  /** {@code 1,200 of 4,000 images}, {@code 12.3 MB of 170.5 MB}. */
  String amount() {
    boolean bytes = unit.equals(BYTES);
    String all = total < 0 ? "" : " of " + (bytes ? Amounts.bytes(total) : Amounts.count(total));
    return (bytes ? Amounts.bytes(done) : Amounts.count(done)) + all + (bytes ? "" : " " + unit);
  }

  /** {@code 310 images/s}, {@code 5.1 MB/s}; of this attempt. */
  String rate() {
    return unit.equals(BYTES)
        ? Amounts.bytesPerSecond(perSecond())
        : Amounts.rate(perSecond(), unit);
  }

  /** {@code 310/s}. */
  String shortRate() {
    return unit.equals(BYTES) ? rate() : rate().replace(" " + unit, "");
  }

  /** The part that is done, 0..1; empty if the whole is unknown. */
  OptionalDouble fraction() {
    return total <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(1, (double) done / total));
  }

  /** {@code 37 %}, rounded down: 100 % is all; empty if the whole is unknown. */
  String percent() {
    return fraction().isEmpty() ? "" : (int) (WHOLE * fraction().getAsDouble()) + " %";
  }

  /** {@code 9.03 s left}; empty if unknown, or if nothing is left. */
  String left() {
    return total <= done || perSecond() == 0
        ? ""
        : Amounts.seconds((total - done) / perSecond()) + " left";
  }

  private double perSecond() {
    return seconds <= 0 ? 0 : (done - before) / seconds;
  }
}
