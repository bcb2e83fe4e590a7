package io.millrace.jobs.tensor;

/** Numbers with a shape, row-major. */
public sealed interface Tensor permits FloatTensor, DoubleTensor, IntTensor {
  /** E.g. {@code [N, C, H, W]}; not copied. */
  int[] shape();
}
