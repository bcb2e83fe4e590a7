package io.millrace.jobs.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Both ways to an array's values: ND4J's own operations are the same on any of its backends. */
class FloatsTest {
  @BeforeAll
  static void start() {
    Natives.start();
  }

  @Test
  void hostAndDeviceReadTheSameValues() {
    for (INDArray array : arrays()) {
      float[] host = new float[(int) array.length()];
      float[] device = new float[host.length];
      new HostFloats(array).read(host);
      new DeviceFloats(array).read(device);
      assertThat(device).as("%s", array.shapeInfoToString()).containsExactly(host);
      assertThat(host).doesNotHaveDuplicates();
    }
  }

  @Test
  void hostReadsWhatDeviceWritesAndViceVersa() {
    for (INDArray array : arrays()) {
      float[] values = new float[(int) array.length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = i * 0.5f - 3;
      }
      float[] seen = new float[values.length];
      new DeviceFloats(array).write(values);
      new HostFloats(array).read(seen);
      assertThat(seen).as("%s", array.shapeInfoToString()).containsExactly(values);

      FloatBuffer buffer =
          ByteBuffer.allocateDirect(values.length * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      for (int i = 0; i < values.length; i++) {
        buffer.put(i, 7 - i);
      }
      new HostFloats(array).write(buffer);
      new DeviceFloats(array).read(seen);
      assertThat(seen[0]).isEqualTo(7);
      assertThat(seen[values.length - 1]).isEqualTo(8 - values.length);
      assertThat(buffer.position()).isZero();

      new HostFloats(array).write(new float[values.length]);
      new DeviceFloats(array).write(buffer);
      new HostFloats(array).read(seen);
      assertThat(seen[1]).isEqualTo(6);
    }
  }

  /** What is beside a view stays as it is. */
  @Test
  void writingAViewLeavesItsSurroundings() {
    INDArray whole = Nd4j.create(DataType.FLOAT, 1, 10);
    INDArray view = whole.get(NDArrayIndex.all(), NDArrayIndex.interval(3, 7));
    new DeviceFloats(view).write(new float[] {1, 2, 3, 4});
    assertThat(whole.toFloatVector()).containsExactly(0, 0, 0, 1, 2, 3, 4, 0, 0, 0);
  }

  private static INDArray[] arrays() {
    INDArray flat = Nd4j.arange(24).castTo(DataType.FLOAT).reshape(1, 24);
    return new INDArray[] {
      flat.dup(),
      flat.get(NDArrayIndex.all(), NDArrayIndex.interval(5, 17)).reshape(1, 12),
      flat.dup().reshape('c', 2, 3, 2, 2),
      flat.reshape(6, 4).dup('f')
    };
  }
}
