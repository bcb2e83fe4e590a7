package io.millrace.jobs.engine.torch;

import static io.millrace.jobs.engine.torch.TensorSteps.decayed;
import static io.millrace.jobs.engine.torch.TensorSteps.number;

import io.millrace.jobs.architecture.TensorKind;
import io.millrace.jobs.optimiser.Lamb;
import io.millrace.jobs.optimiser.Lars;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Muon;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Steps that look at a whole tensor: its norm, or its singular values. Each slice is one tensor.
 * Norms stay on the device, so that a GPU is not waited for. All pointers belong to the caller's
 * scope.
 */
final class NormSteps {
  private static final int NEWTON_SCHULZ = 5;
  private static final double A = 3.4445;
  private static final double B = -4.7750;
  private static final double C = 2.0315;
  private static final double EPS = 1e-7;

  private NormSteps() {}

  static void lamb(Lamb configured, Slice slice) {
    Tensor move =
        adamStep(slice, slice.momentum(), configured.beta2(), configured.eps())
            .add(slice.weights(), number(slice.decay()));
    Tensor scaled =
        slice.part().kind() == TensorKind.WEIGHT
            ? move.mul(ratio(slice.weights().norm(), move.norm()))
            : move;
    slice.weights().add_(scaled, number(-slice.rate()));
  }

  static void lars(Lars configured, Slice slice) {
    Tensor slope = decayed(slice);
    Tensor scaled = slope;
    if (slice.part().kind() == TensorKind.WEIGHT) {
      Tensor ofWeights = slice.weights().norm();
      Tensor norms = slice.gradient().norm().add(ofWeights, number(slice.decay()));
      scaled = slope.mul(ratio(ofWeights.mul(number(configured.trust())), norms));
    }
    Tensor momentum = slice.buffers().get(0);
    momentum.mul_(number(slice.momentum()));
    momentum.add_(scaled, number(slice.rate()));
    slice.weights().sub_(momentum);
  }

  static void muon(Muon configured, Slice slice, Layout layout) {
    if (!Muon.takes(slice.part(), layout)) {
      double rate = slice.rate() * configured.adamRate();
      Tensor move = adamStep(slice, configured.beta1(), configured.beta2(), configured.eps());
      slice.weights().mul_(number(1 - rate * slice.decay()));
      slice.weights().add_(move, number(-rate));
      return;
    }
    double keep = slice.momentum();
    Tensor average = slice.buffers().get(0);
    average.mul_(number(keep));
    average.add_(slice.gradient(), number(1 - keep));
    Tensor move = slice.gradient().mul(number(1 - keep)).add(average, number(keep));
    int rows = slice.part().shape()[0];
    int columns = slice.part().length() / rows;
    Tensor orthogonal = orthogonal(move.view(rows, columns), rows > columns).reshape(-1);
    slice.weights().mul_(number(1 - slice.rate() * slice.decay()));
    slice.weights().add_(orthogonal, number(-slice.rate() * Muon.scale(rows, columns)));
  }

  /** Moves both averages; what Adam multiplies its rate by. */
  private static Tensor adamStep(Slice slice, double beta1, double beta2, double eps) {
    Tensor average = slice.buffers().get(0);
    Tensor square = slice.buffers().get(1);
    average.mul_(number(beta1));
    average.add_(slice.gradient(), number(1 - beta1));
    square.mul_(number(beta2));
    square.addcmul_(slice.gradient(), slice.gradient(), number(1 - beta2));
    double upscale = 1 / (1 - Math.pow(beta1, (double) slice.step()));
    double correction = Math.sqrt(1 - Math.pow(beta2, (double) slice.step()));
    Tensor root = square.sqrt().div(number(correction)).add(number(eps));
    return average.mul(number(upscale)).div(root);
  }

  /** 1 where one of both is 0. */
  private static Tensor ratio(Tensor over, Tensor under) {
    Tensor usable = over.gt(number(0)).logical_and(under.gt(number(0)));
    return torch.where(usable, over.div(under), number(1));
  }

  /** As our own rule, in single precision. */
  private static Tensor orthogonal(Tensor matrix, boolean tall) {
    Tensor x = tall ? matrix.t() : matrix;
    x = x.div(x.norm().add(number(EPS)));
    for (int i = 0; i < NEWTON_SCHULZ; i++) {
      Tensor gram = x.matmul(x.t());
      Tensor factors = gram.mul(number(B)).add(gram.matmul(gram), number(C));
      x = x.mul(number(A)).add(factors.matmul(x));
    }
    return tall ? x.t() : x;
  }
}
