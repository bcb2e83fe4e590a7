package io.millrace.jobs.tensor;

import java.io.Serializable;
import java.util.Arrays;

/**
 * One tensor of a state.
 *
 * @param name canonical, e.g. {@code block1.conv1.weight}
 * @param shape convolution OIHW, dense [out, in], vectors [n]
 * @param role what averaging does with it
 * @param values row-major, as many as the shape says; not copied
 */
public record NamedTensor(String name, int[] shape, Role role, float[] values)
    implements Serializable {
  /** The same values under another name. */
  public NamedTensor named(String other) {
    return new NamedTensor(other, shape, role, values);
  }

  /** How many values its shape has. */
  public int size() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /** Name and shape, e.g. {@code linear.weight [10, 64]}. */
  String described() {
    return name + " " + Arrays.toString(shape);
  }
}
