package io.millrace.jobs.engine.dl4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The values of an array of ND4J's, wherever it is, read and written in one copy. */
interface Floats {
  /** Those of the array, in the order in which they lie; it stays the owner of its memory. */
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
   * @param from {@code [length]} from its position 0, which does not move
   */
  default void write(FloatBuffer from) {
    float[] copy = new float[length()];
    from.get(0, copy);
    write(copy);
  }
}
