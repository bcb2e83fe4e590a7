package io.millrace.jobs.architecture;

import io.millrace.jobs.random.NormalDraws;
import io.millrace.jobs.random.UniformDraws;
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

  /** Normally distributed with mean 0. */
  record Normal(double deviation) implements Initial {
    @Override
    public float[] values(int size, long seed, String name) {
      NormalDraws draws = new NormalDraws(seed, name);
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) (deviation * draws.next());
      }
      return values;
    }
  }

  /**
   * Normally distributed with mean 0 and variance {@code 2 / fan} (He, Zhang, Ren and Sun 2015,
   * "Delving Deep into Rectifiers").
   *
   * @param fan how many values feed one output (fan in), or how many outputs one value feeds (fan
   *     out)
   */
  record HeNormal(int fan) implements Initial {
    @Override
    public float[] values(int size, long seed, String name) {
      return new Normal(Math.sqrt(2.0 / fan)).values(size, seed, name);
    }
  }

  /** Evenly distributed between {@code -bound} and {@code bound}. */
  record Uniform(double bound) implements Initial {
    @Override
    public float[] values(int size, long seed, String name) {
      UniformDraws draws = new UniformDraws(seed, name);
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = (float) (bound * (2 * draws.next() - 1));
      }
      return values;
    }
  }
}
