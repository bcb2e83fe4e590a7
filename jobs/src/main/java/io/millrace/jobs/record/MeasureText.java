package io.millrace.jobs.record;

import io.millrace.jobs.loss.Measure;
import io.millrace.pipeline.text.Amounts;

/** Measures as text: a share in percent, any other with a few digits. */
public final class MeasureText {
  private MeasureText() {}

  /** E.g. {@code 93.9 %} or {@code 0.2714}. */
  static String of(Measure measure, double mean) {
    return measure.unit() == Measure.Unit.SHARE ? Amounts.percent(mean) : Amounts.figure(mean);
  }

  /** With its name, short, for a line of progress, e.g. {@code accuracy 93.9 %}. */
  public static String note(Measure measure, double mean) {
    return measure.unit() == Measure.Unit.SHARE
        ? measure.name() + " " + Amounts.percent(mean)
        : measure.name() + " " + Amounts.decimal(mean, 2);
  }
}
