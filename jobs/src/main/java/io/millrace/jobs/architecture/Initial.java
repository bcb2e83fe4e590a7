package io.millrace.jobs.architecture;

import io.millrace.jobs.random.NormalDraws;
import java.io.Serializable;
import java.util.Arrays;

/** A tensor's initial values. */
public sealed interface Initial extends Serializable {
  /** The values, in the tensor's order. */
  float[] values(int size, long seed, String name);

  /** One value everywhere. */
  record Constant(float value) implements Initial {
    @Override
    public float[] values(int size, long seed, String name) {
      float[] values = new float[size];
      Arrays.fill(values, value);
      return values;
    }
  }

  /**
   * Normally distributed with mean 0 and variance {@code 2 / fan in} (He, Zhang, Ren and Sun 2015,
   * "Delving Deep into Rectifiers").
   *
   * @param fanIn how many values feed one output
   */
  record HeNormal(int fanIn) implements Initial {
    @Override
    public float[] values(int size, long seed, String name) {
      double deviation = Math.sqrt(2.0 / fanIn);
      NormalDraws draws = new NormalDraws(seed, name);
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) (deviation * draws.next());
      }
      return values;
    }
  }
}
