package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Variant;
import java.util.List;

/** The choices of a sealed interface, as they describe themselves. */
public final class Variants {
  private Variants() {}

  /** All choices, in the order of their names. */
  public static List<Variant> of(Class<?> sealed) {
    return Choices.of(sealed).records().values().stream()
        .map(record -> record.getAnnotation(Variant.class))
        .toList();
  }
}
