package io.millrace.jobs.engine;

import java.util.Locale;

/**
 * What a network computes in. Weights, their gradient, averages and checkpoints are always single
 * precision.
 */
public enum Precision {
  /** The fastest that an engine trains well in on this machine. */
  AUTO,
  /** Single precision throughout. */
  FP32,
  /** Convolutions and linear maps in bfloat16, the rest in single precision or as it comes. */
  BF16,
  /** Convolutions and linear maps in half precision, with dynamic loss scaling. */
  FP16;

  /** As in a configuration, e.g. {@code bf16}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
