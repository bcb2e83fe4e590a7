package io.millrace.jobs.engine.torch;

import static io.millrace.jobs.engine.torch.TensorSteps.number;

import io.millrace.jobs.optimiser.Clipping;
import io.millrace.jobs.optimiser.Layout;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Clips a flat gradient where it lies. The norm stays on the device, so that a GPU is not waited
 * for. All pointers belong to the caller's scope.
 */
final class TorchClipping {
  private TorchClipping() {}

  /**
   * @param gradient of all weights, changed in place
   * @param parts the tensors that move
   */
  static void clip(Clipping clipping, Tensor gradient, List<Layout.Part> parts) {
    List<Tensor> moving =
        parts.stream().map(part -> gradient.narrow(0, part.offset(), part.length())).toList();
    if (moving.isEmpty()) {
      return;
    }
    if (clipping instanceof Clipping.Norm it) {
      byNorm(it.maxNorm(), moving);
    } else if (clipping instanceof Clipping.Value it) {
      ScalarOptional least = new ScalarOptional(number(-it.maxValue()));
      ScalarOptional most = new ScalarOptional(number(it.maxValue()));
      moving.forEach(tensor -> tensor.clamp_(least, most));
    }
  }

  private static void byNorm(double most, List<Tensor> moving) {
    Tensor squares = moving.get(0).square().sum();
    for (Tensor tensor : moving.subList(1, moving.size())) {
      squares = squares.add(tensor.square().sum());
    }
    Scalar bound = number(1);
    Tensor norm = squares.sqrt().add(number(Clipping.EPS));
    Tensor factor = norm.reciprocal().mul(number(most)).clamp_max(bound);
    moving.forEach(tensor -> tensor.mul_(factor));
  }
}
