package io.millrace.jobs.engine;

import java.io.Serializable;

/**
 * One tensor of a state.
 *
 * @param name canonical, e.g. {@code block1.conv1.weight}
 * @param shape convolution OIHW, dense [out, in], vectors [n]
 * @param role what averaging does with it
 * @param values row-major, as many as the shape says; not copied
 */
public record NamedTensor(String name, int[] shape, Role role, float[] values)
    implements Serializable {}
