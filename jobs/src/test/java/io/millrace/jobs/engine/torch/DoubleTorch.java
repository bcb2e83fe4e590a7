package io.millrace.jobs.engine.torch;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Precision;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Networks of libtorch in double precision, for comparisons. */
public final class DoubleTorch {
  private DoubleTorch() {}

  /** A network on one thread. */
  public static Network network(Blueprint blueprint, long seed) {
    return TorchEngine.network(blueprint, 1, seed, ScalarType.Double, Precision.FP32);
  }

  /** The gradient of such a network's weights, in canonical order. */
  public static double[] gradient(Network network) {
    TorchWeights weights = ((TorchNetwork) network).weights();
    return NativeScope.within(() -> TorchArrays.doubles(weights.gradient(), weights.count()));
  }

  /** Replaces the weights of such a network. */
  public static void write(Network network, double[] values) {
    TorchWeights weights = ((TorchNetwork) network).weights();
    NativeScope.run(
        () -> {
          int at = 0;
          for (TensorSpec spec : network.blueprint().tensors()) {
            if (spec.trainable()) {
              double[] own = Arrays.copyOfRange(values, at, at + spec.size());
              Tensor tensor = TorchArrays.of(own, ScalarType.Double, spec.shape());
              weights.tensor(spec.name()).detach().copy_(tensor);
              at += spec.size();
            }
          }
        });
  }

  /** The running statistics of such a network, in canonical order. */
  public static double[] statistics(Network network) {
    TorchWeights weights = ((TorchNetwork) network).weights();
    return network.blueprint().tensors().stream()
        .filter(spec -> !spec.trainable())
        .flatMapToDouble(
            spec ->
                Arrays.stream(
                    NativeScope.within(
                        () -> TorchArrays.doubles(weights.tensor(spec.name()), spec.size()))))
        .toArray();
  }
}
