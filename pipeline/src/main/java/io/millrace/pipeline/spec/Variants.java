package io.millrace.pipeline.spec;

import io.millrace.pipeline.job.Variant;
import java.util.List;
import java.util.Map;

/** The choices of an interface with their descriptions. */
public final class Variants {
  private Variants() {}

  /** All choices, in the order of their names. */
  public static List<Variant> of(Class<?> type) {
    return Choices.of(type).records().values().stream()
        .map(record -> record.getAnnotation(Variant.class))
        .toList();
  }

  /** The records of all choices, by name. */
  public static Map<String, Class<? extends Record>> records(Class<?> type) {
    return Choices.of(type).records();
  }
}
