package io.millrace.jobs.tensor;

/**
 * Double-precision numbers with a shape, on the heap: outputs of networks, and gradients with
 * respect to them.
 *
 * @param values row-major; not copied
 * @param shape e.g. {@code [N, classes]}
 */
public record DoubleTensor(double[] values, int... shape) implements Tensor {}
