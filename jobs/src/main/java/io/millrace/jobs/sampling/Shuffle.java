package io.millrace.jobs.sampling;

import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;

/** How an epoch's order is drawn, as configured: {@code shuffle { block { window = 16384 } }}. */
public sealed interface Shuffle extends Serializable {
  /**
   * Permutes the shards, the row groups within each shard, and then the images within windows:
   * parts of remote shards are read one after the other.
   */
  @Variant(
      value = "block",
      summary =
          "Shuffles shards, row groups in them, and images within windows; suits remote shards.",
      example = "shuffle { block { window = 16384 } }")
  record Block(@Key(value = "images permuted together", or = "16384", min = 1) int window)
      implements Shuffle {}

  /** One permutation of all images; takes 4 bytes an image in every process. */
  @Variant(
      value = "full",
      summary = "Shuffles all images at once; takes 4 bytes an image in every process.",
      example = "shuffle = full")
  record Full() implements Shuffle {}

  /**
   * Every class as often as the others (Shen et al. 2016, "Relay backpropagation", class-aware
   * sampling): an epoch has as many images as the view; all images of a class come once before any
   * comes again. Takes 8 bytes an image in every process.
   */
  @Variant(
      value = "balanced",
      summary = "Shows every class equally often; takes 8 bytes an image in every process.",
      example = "shuffle = balanced")
  record Balanced() implements Shuffle {}

  /** The order of the shards, the same in every epoch. */
  @Variant(
      value = "none",
      summary = "Keeps the order of the shards, the same in every epoch.",
      example = "shuffle = none")
  record None() implements Shuffle {}
}
