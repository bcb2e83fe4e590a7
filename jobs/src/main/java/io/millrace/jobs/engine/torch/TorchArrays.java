package io.millrace.jobs.engine.torch;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Java's arrays to tensors and back, by copies. All pointers belong to the caller's scope; nothing
 * that is kept may be made in one without {@code retainReference}.
 */
final class TorchArrays {
  private TorchArrays() {}

  /** A copy of an input, row-major. */
  static Tensor of(FloatBuffer values, ScalarType type, int... shape) {
    check(values.remaining(), shape);
    Tensor view = torch.from_blob(new FloatPointer(values), sides(shape));
    return type == ScalarType.Float ? view.clone() : view.to(type);
  }

  /** A copy of an input, row-major, in memory that a GPU reads by itself. */
  static Tensor pinned(FloatBuffer values, int... shape) {
    check(values.remaining(), shape);
    TensorOptions options =
        new TensorOptions(ScalarType.Float).pinned_memory(new BoolOptional(true));
    Tensor copy = torch.torch_empty(sides(shape), options, new MemoryFormatOptional());
    return copy.copy_(torch.from_blob(new FloatPointer(values), sides(shape)));
  }

  /** A copy of values in double precision, as a tensor of another. */
  static Tensor of(double[] values, ScalarType type, int... shape) {
    check(values.length, shape);
    TensorOptions doubles = new TensorOptions(ScalarType.Double);
    Tensor view = torch.from_blob(new DoublePointer(values), sides(shape), doubles);
    return type == ScalarType.Double ? view.clone() : view.to(type);
  }

  /** Copies values over a tensor of as many. */
  static void write(float[] values, Tensor to) {
    Tensor view = torch.from_blob(new FloatPointer(values), values.length);
    to.view(values.length).copy_(view);
  }

  /** All values, row-major. */
  static void read(Tensor from, float[] values) {
    from.detach().cpu().to(ScalarType.Float).contiguous().data_ptr_float().get(values);
  }

  /** All values, row-major. */
  static double[] doubles(Tensor from, int size) {
    double[] values = new double[size];
    from.detach().cpu().to(ScalarType.Double).contiguous().data_ptr_double().get(values);
    return values;
  }

  /** Native code takes a shape on trust. */
  private static void check(int given, int... shape) {
    long wanted = 1;
    for (int side : shape) {
      wanted *= side;
    }
    if (given != wanted) {
      throw new IllegalArgumentException(
          "Cannot take %d values as a tensor of shape %s".formatted(given, Arrays.toString(shape)));
    }
  }

  private static long[] sides(int... shape) {
    return Arrays.stream(shape).asLongStream().toArray();
  }
}
