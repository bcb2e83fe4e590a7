package io.millrace.jobs.engine.torch;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Precision;
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
}
