package io.millrace.jobs.optimiser;

import io.millrace.jobs.architecture.TensorKind;

/** The tensors that weight decay shrinks. */
public enum DecayOn {
  /** All of them, as an optimiser of PyTorch does that is given no groups. */
  ALL,
  /** The weights of convolutions and linear maps; biases, gains and offsets keep their size. */
  WEIGHTS;

  /** Whether it shrinks tensors of a kind. */
  boolean takes(TensorKind kind) {
    return this == ALL || kind == TensorKind.WEIGHT;
  }
}
