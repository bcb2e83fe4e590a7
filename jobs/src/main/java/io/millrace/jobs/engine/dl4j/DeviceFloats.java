package io.millrace.jobs.engine.dl4j;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Floats in a GPU's memory, copied by ND4J's own operations: host addresses mean nothing there, and
 * the host's copy of the array may be out of date.
 */
// The scope outside a workspace is opened only to be closed again.
@SuppressWarnings("try")
final class DeviceFloats implements Floats {
  private final INDArray array;

  DeviceFloats(INDArray array) {
    this.array = array;
  }

  @Override
  public int length() {
    return Math.toIntExact(array.length());
  }

  @Override
  public void read(float[] into) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray copy = array.dup(array.ordering())) {
      System.arraycopy(copy.data().asFloat(), 0, into, 0, length());
    }
  }

  @Override
  public void write(float[] from) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray copy = Nd4j.create(from, array.shape(), array.ordering())) {
      array.assign(copy);
    }
  }
}
