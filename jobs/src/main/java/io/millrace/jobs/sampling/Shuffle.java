package io.millrace.jobs.sampling;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;

/** How an epoch's order is drawn, as configured: {@code shuffle { block { window = 16384 } }}. */
public sealed interface Shuffle extends Serializable {
  /**
   * Shards are permuted, in each its row groups, and the whole then within windows: remote shards
   * are read in runs.
   */
  @Variant(
      value = "block",
      summary =
          "Shards, their row groups and then windows of images: remote shards are read in runs.",
      example = "shuffle { block { window = 16384 } }")
  record Block(@Key(value = "images permuted together", or = "16384", min = 1) int window)
      implements Shuffle {}

  /** One permutation of all images; takes 4 bytes an image in every process. */
  @Variant(
      value = "full",
      summary = "One permutation of all images; takes 4 bytes an image in every process.",
      example = "shuffle = full")
  record Full() implements Shuffle {}

  /**
   * Every class as often as the others (Shen et al. 2016, "Relay backpropagation", class-aware
   * sampling): an epoch has as many images as the view, a class's images come in turns, all of them
   * once before any comes again. Takes 8 bytes an image in every process.
   */
  @Variant(
      value = "balanced",
      summary = "Every class as often as the others; takes 8 bytes an image in every process.",
      example = "shuffle = balanced")
  record Balanced() implements Shuffle {}

  /** The order of the shards, the same in every epoch. */
  @Variant(
      value = "none",
      summary = "The order of the shards, the same in every epoch.",
      example = "shuffle = none")
  record None() implements Shuffle {}
}
