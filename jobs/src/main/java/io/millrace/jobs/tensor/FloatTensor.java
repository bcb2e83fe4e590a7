package io.millrace.jobs.tensor;

import java.nio.FloatBuffer;

/**
 * Floats with a shape.
 *
 * @param values position 0, row-major; in minibatches a direct buffer in native byte order
 * @param shape e.g. {@code [N, C, H, W]}
 */
public record FloatTensor(FloatBuffer values, int... shape) implements Tensor {}
