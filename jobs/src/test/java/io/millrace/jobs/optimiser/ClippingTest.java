package io.millrace.jobs.optimiser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.architecture.Initial;
import io.millrace.jobs.architecture.TensorKind;
import io.millrace.jobs.architecture.TensorSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Gradients that are too large; the figures are those of torch.nn.utils. */
class ClippingTest {
  private static final Hyper ALL = new Hyper(0.1, 0.9);

  private static Layout layout() {
    return Layout.of(List.of(weight("a", 2), weight("b", 1))).grouped(Map.of("last", List.of("b")));
  }

  private static TensorSpec weight(String node, int length) {
    return new TensorSpec(
        node + ".weight", new int[] {length}, TensorKind.WEIGHT, new Initial.Constant(0));
  }

  private static float[] clipped(Clipping clipping, Hyper hyper, float... gradient) {
    clipping.clip(gradient, layout().moving(hyper));
    return gradient;
  }

  @Test
  void scalesTheWholeGradientDownToTheNorm() {
    assertThat(clipped(new Clipping.Norm(6.5), ALL, 3, 4, 12))
        .containsExactly(1.4999999f, 1.9999999f, 5.9999995f);
    assertThat(clipped(new Clipping.Norm(14), ALL, 3, 4, 12)).containsExactly(3, 4, 12);
  }

  @Test
  void boundsEachValue() {
    assertThat(clipped(new Clipping.Value(3.5), ALL, 3, -4, 12)).containsExactly(3, -3.5f, 3.5f);
  }

  @Test
  void frozenLayersNeitherCountNorChange() {
    Hyper frozen = ALL.with(Map.of("last", 0.0));
    assertThat(clipped(new Clipping.Norm(2.5), frozen, 3, 4, 12))
        .containsExactly(1.4999998f, 1.9999996f, 12);
    assertThat(clipped(new Clipping.Value(1), frozen, 3, 4, 12)).containsExactly(1, 1, 12);
  }

  @Test
  void noneChangesNothing() {
    assertThat(clipped(new Clipping.None(), ALL, 3, 4, 12)).containsExactly(3, 4, 12);
  }
}
