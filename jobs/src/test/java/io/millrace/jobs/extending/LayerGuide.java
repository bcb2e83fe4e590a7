package io.millrace.jobs.extending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.architecture.TensorKind;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.engine.dl4j.Dl4jEngine;
import io.millrace.jobs.testing.PlainEngine;
import java.util.List;
import java.util.Set;

/** {@code docs/extending/layer.md}, whose example is {@link Operation.Convolution}. */
record LayerGuide(Sources sources) implements Guide {
  private static final Operation CONVOLUTION = new Operation.Convolution(2, 3, 3, 1, 1, true);
  private static final Operation NORM = new Operation.BatchNorm(2, 1e-5, 0.1, 1);

  @Override
  public String page() {
    return "layer";
  }

  @Override
  public List<Check> steps() {
    return List.of(
        LayerGuide::operation, this::tensors, LayerGuide::builder, this::engines, this::tests);
  }

  private static void operation() {
    assertThat(Operation.class.getPermittedSubclasses()).allMatch(Class::isRecord);
    Shape result = CONVOLUTION.shape(List.of(Shape.of(2, 6, 6)));
    assertThat(result).isEqualTo(Shape.of(3, 6, 6));
    assertThat(CONVOLUTION.multiplyAdds(result)).isEqualTo(2 * 3 * 3 * 3 * 6 * 6);
    assertThat(new Operation.Relu().multiplyAdds(result)).isZero();
  }

  private void tensors() throws Exception {
    assertThat(CONVOLUTION.tensors())
        .extracting(TensorSpec::name)
        .containsExactly("weight", "bias");
    assertThat(CONVOLUTION.tensors())
        .extracting(TensorSpec::kind)
        .containsExactly(TensorKind.WEIGHT, TensorKind.BIAS);
    for (TensorSpec tensor : NORM.tensors()) {
      assertThat(tensor.trainable()).isEqualTo(tensor.kind() != TensorKind.STATISTIC);
    }
    for (Operation operation : List.of(CONVOLUTION, NORM)) {
      for (TensorSpec tensor : operation.tensors()) {
        assertThat(sources.text("ParameterLayout")).contains('"' + tensor.name() + '"');
      }
    }
  }

  private static void builder() {
    Blueprint net = PointNetworks.convolution();
    assertThat(net.nodes().get(0).operation()).isEqualTo(CONVOLUTION);
    assertThat(net.tensors())
        .extracting(TensorSpec::name)
        .containsExactly("conv.weight", "conv.bias", "out.weight", "out.bias");
  }

  private void engines() throws Exception {
    String dl4j = sources.text("GraphTranslation") + sources.text("Dl4jEngine");
    String torch = sources.text("TorchOperations") + sources.text("TorchPass");
    for (Class<?> operation : Operation.class.getPermittedSubclasses()) {
      assertThat(dl4j).contains("Operation." + operation.getSimpleName());
      assertThat(torch).contains("Operation." + operation.getSimpleName());
    }
    Blueprint net = PointNetworks.convolution();
    assertThat(new Dl4jEngine().unsupported(net, Set.of())).isEmpty();
    assertThat(new PlainEngine().unsupported(net, Set.of()))
        .containsExactly("plain has no Convolution (conv); take engine = dl4j");
    assertThatThrownBy(() -> new PlainEngine().network(net, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("plain has no Convolution (conv)");
  }

  private void tests() throws Exception {
    for (Class<?> operation : Operation.class.getPermittedSubclasses()) {
      assertThat(sources.text("EngineContract")).contains("new " + operation.getSimpleName() + "(");
    }
  }
}
