package io.millrace.jobs.feed;

import java.nio.FloatBuffer;

/**
 * Floats with a shape.
 *
 * @param values a direct buffer in native byte order, position 0, row-major
 * @param shape e.g. {@code [N, C, H, W]}
 */
public record Tensor(FloatBuffer values, int... shape) {}
