package io.millrace.jobs.engine.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A flat native array of floats, read and written in one copy. It does not own the memory. */
final class NativeFloats {
  // Held so that the memory stays while this does.
  private final INDArray array;
  private final FloatPointer pointer;

  NativeFloats(INDArray array) {
    this.array = array;
    Pointer start = array.data().pointer();
    this.pointer = new FloatPointer(start).position(start.position() + array.offset());
  }

  int length() {
    return Math.toIntExact(array.length());
  }

  void read(float[] into) {
    pointer.get(into);
  }

  void write(float[] from) {
    pointer.put(from);
  }
}
