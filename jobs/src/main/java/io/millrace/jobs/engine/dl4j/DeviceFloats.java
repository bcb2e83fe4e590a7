package io.millrace.jobs.engine.dl4j;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Floats in a GPU's memory, moved by ND4J's own operations: an address of the host's means nothing
 * there, and what the host holds of the array may be older than the array.
 */
// To be out of a workspace lasts until it is closed, and nothing else is asked of it.
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
