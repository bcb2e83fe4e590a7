package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.tensor.FloatTensor;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A native array into which minibatches of one shape are copied, one after the other. */
final class InputArray implements AutoCloseable {
  private int[] shape;
  private INDArray array;
  private Floats floats;

  /** The array, with the tensor's values: valid until the next call. */
  INDArray holding(FloatTensor tensor) {
    if (!Arrays.equals(tensor.shape(), shape)) {
      close();
      shape = tensor.shape().clone();
      long[] sides = Arrays.stream(shape).asLongStream().toArray();
      array = Nd4j.createUninitialized(DataType.FLOAT, sides, 'c');
      floats = Floats.of(array);
    }
    floats.write(tensor.values());
    return array;
  }

  @Override
  public void close() {
    if (array != null) {
      array.close();
      array = null;
      shape = null;
    }
  }
}
