package io.millrace.jobs.engine.dl4j;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Floats in the machine's main memory, copied in their order there. */
final class HostFloats implements Floats {
  // Referenced so that its memory is not freed.
  private final INDArray array;
  private final FloatPointer pointer;

  HostFloats(INDArray array) {
    this.array = array;
    Pointer start = array.data().pointer();
    long first = start.position() + array.offset();
    this.pointer = new FloatPointer(start).limit(first + array.length()).position(first);
  }

  @Override
  public int length() {
    return Math.toIntExact(array.length());
  }

  @Override
  public void read(float[] into) {
    pointer.get(into);
  }

  @Override
  public void write(float[] from) {
    pointer.put(from);
  }

  @Override
  public void write(FloatBuffer from) {
    pointer.asBuffer().put(0, from, 0, length());
  }
}
