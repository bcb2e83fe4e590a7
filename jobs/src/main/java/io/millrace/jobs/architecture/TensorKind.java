package io.millrace.jobs.architecture;

/** What a tensor of a network is for. Optimisers and fine-tuning treat kinds differently. */
public enum TensorKind {
  /** The weight of a convolution or a linear map. */
  WEIGHT,
  /** Added to the outputs of a convolution or a linear map. */
  BIAS,
  /** Gain or offset of a normalisation. */
  NORM,
  /** A running statistic, which has no gradient. */
  STATISTIC
}
