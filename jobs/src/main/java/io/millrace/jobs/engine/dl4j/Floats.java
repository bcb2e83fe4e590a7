package io.millrace.jobs.engine.dl4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The values of an ND4J array on any device, read and written in one copy. */
interface Floats {
  /** The values of the array in their order in memory; the array keeps owning the memory. */
  static Floats of(INDArray array) {
    return Backend.here() == Backend.CUDA ? new DeviceFloats(array) : new HostFloats(array);
  }

  int length();

  /**
   * @param into {@code [length]}
   */
  void read(float[] into);

  /**
   * @param from {@code [length]}
   */
  void write(float[] from);

  /**
   * @param from {@code [length]} from position 0; the buffer's own position does not change
   */
  default void write(FloatBuffer from) {
    float[] copy = new float[length()];
    from.get(0, copy);
    write(copy);
  }
}
