package io.millrace.jobs.engine.torch;

import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.FloatTensor;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How and where a network computes.
 *
 * @param threads of its passes on the CPU
 * @param type of weights, inputs and all between that is not in a lower precision
 * @param precision of convolutions and linear maps, not {@code AUTO}
 * @param gpu its number among those that this process sees; empty: the CPU
 */
record TorchSettings(TorchThreads threads, ScalarType type, Precision precision, OptionalInt gpu) {
  private static final int IMAGE_SIDES = 4;

  /** Sets what is set for a thread, before each piece of work. */
  void take() {
    threads.take();
  }

  /** A new tensor on the device. */
  Tensor zeros(long... shape) {
    return torch.torch_zeros(shape, new TensorOptions(type).device(new DeviceOptional(device())));
  }

  /** A number on the device, as optimisers take the count of their steps. */
  Tensor count(long steps) {
    return zeros(1).fill_(new Scalar((double) steps));
  }

  private Device device() {
    return gpu.isPresent()
        ? new Device(DeviceType.CUDA, (byte) gpu.getAsInt())
        : new Device(DeviceType.CPU);
  }

  /**
   * An input on the device. Images in single precision have their channels last, which convolutions
   * compute fastest on; in double precision, which is for comparisons, batch norm is more exact
   * with channels first.
   */
  Tensor input(FloatTensor floats) {
    Tensor there =
        gpu.isPresent()
            ? copied(TorchArrays.pinned(floats.values(), floats.shape()))
            : TorchArrays.of(floats.values(), type, floats.shape());
    return there.dim() == IMAGE_SIDES && type == ScalarType.Float
        ? there.contiguous(MemoryFormat.ChannelsLast)
        : there;
  }

  /**
   * A copy on the GPU that is made while this thread goes on. libtorch keeps the pinned memory from
   * other use until the copy is made, so that a second buffer takes the next minibatch while the
   * GPU still computes on the one before.
   */
  private Tensor copied(Tensor pinned) {
    boolean asynchronous = true;
    return pinned.to(device(), type, asynchronous, false, new MemoryFormatOptional());
  }

  /**
   * A gradient as the backward pass takes it.
   *
   * @param output with respect to which it is
   */
  Tensor slope(DoubleTensor values, Tensor output) {
    Tensor slope = TorchArrays.of(values.values(), type, values.shape());
    return slope.to(output.device(), output.scalar_type());
  }

  /** A forward pass in the precision. */
  <R> R computing(Supplier<R> forward) {
    if (precision == Precision.FP32) {
      return forward.get();
    }
    DeviceType type = gpu.isPresent() ? DeviceType.CUDA : DeviceType.CPU;
    torch.set_autocast_dtype(
        type, precision == Precision.BF16 ? ScalarType.BFloat16 : ScalarType.Half);
    torch.set_autocast_enabled(type, true);
    try {
      return forward.get();
    } finally {
      torch.set_autocast_enabled(type, false);
      // Otherwise the next pass would take the weights as they were converted for this one.
      torch.clear_cache();
    }
  }
}
