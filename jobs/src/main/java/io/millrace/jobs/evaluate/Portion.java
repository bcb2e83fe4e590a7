package io.millrace.jobs.evaluate;

import io.millrace.jobs.shard.Split;
import io.millrace.pipeline.job.Variant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The pictures that a model is evaluated on. */
public enum Portion {
  TRAIN,
  VAL,
  TEST,
  /** The pictures that the model's own training held out for validation. */
  @Variant(also = "validation")
  HELD_OUT;

  /** The split that it is; empty for held-out pictures. */
  Optional<Split> split() {
    return Arrays.stream(Split.values()).filter(it -> it.name().equals(name())).findFirst();
  }

  /** The name in configuration, in kebab-case. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
