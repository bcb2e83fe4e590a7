package io.millrace.jobs.record;

import io.millrace.jobs.loss.Measure;
import io.millrace.pipeline.text.Amounts;
import java.util.Locale;

/** Measures as text: a share in percent, any other with a few digits. */
public final class MeasureText {
  private MeasureText() {}

  /** E.g. {@code 93.9 %} or {@code 0.2714}. */
  static String of(Measure measure, double mean) {
    return measure.unit() == Measure.Unit.SHARE
        ? Amounts.percent(mean)
        : String.format(Locale.ROOT, "%.4g", mean);
  }

  /** With its name, short, for a line of progress, e.g. {@code accuracy 93.9 %}. */
  public static String note(Measure measure, double mean) {
    return measure.unit() == Measure.Unit.SHARE
        ? measure.name() + " " + Amounts.percent(mean)
        : String.format(Locale.ROOT, "%s %.2f", measure.name(), mean);
  }
}
