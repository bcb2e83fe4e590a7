package io.millrace.jobs.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.architecture.catalogue.Linear;
import io.millrace.jobs.architecture.catalogue.ResNet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BlueprintTest {
  private static final ResNet RESNET = new ResNet(List.of(16, 32, 64, 128, 256));

  @Test
  void linearHasTheWeightsOfOneDenseLayer() {
    Blueprint linear = new Linear().blueprint(3, 32, 32, 10);
    assertThat(linear.weightCount()).isEqualTo(3072 * 10 + 10);
    assertThat(linear.multiplyAdds()).isEqualTo(30_720);
    assertThat(linear.tensors())
        .extracting(TensorSpec::name)
        .containsExactly("linear.weight", "linear.bias");
  }

  @Test
  void refusesMoreWeightsThanAnArrayHolds() {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.input("in", Shape.of(40_000));
    at = net.dense("first", at, 50_000, true);
    Blueprint large = net.build(net.dense("second", at, 40_000, false));
    assertThatThrownBy(large::weightCount)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot build a network with 4,000,050,000 weights: at most 2,147,483,647 fit; take"
                + " fewer channels or layers");
  }

  @Test
  void convNetHasWeightsAndShapesOfLessonSeven() {
    Blueprint net = new ConvNet(List.of(20, 40, 80)).blueprint(3, 32, 32, 10);
    int weights = 20 * 27 + 20 + 40 * 180 + 40 + 80 * 360 + 80 + 800 + 10;
    assertThat(net.weightCount()).isEqualTo(weights);
    assertThat(shapeOf(net, "conv3")).isEqualTo(Shape.of(80, 3, 3));
    assertThat(net.multiplyAdds()).isEqualTo(20L * 27 * 225 + 40L * 180 * 49 + 80L * 360 * 9 + 800);
  }

  @Test
  void resnetHasAboutOnePointTwoThreeMillionWeights() {
    Blueprint net = RESNET.blueprint(3, 32, 32, 10);
    assertThat(net.weightCount()).isEqualTo(1_226_404);
    assertThat(shapeOf(net, "block5.relu2")).isEqualTo(Shape.of(256, 2, 2));
    assertThat(net.tensors().stream().map(TensorSpec::name).limit(7))
        .containsExactly(
            "block1.conv1.weight",
            "block1.norm1.weight",
            "block1.norm1.bias",
            "block1.norm1.running_mean",
            "block1.norm1.running_var",
            "block1.conv2.weight",
            "block1.norm2.weight");
  }

  @Test
  void oddSidesAreHalvedUpwardsInBothBranches() {
    Blueprint net = new ResNet(List.of(8, 16, 32, 64)).blueprint(1, 28, 27, 10);
    assertThat(shapeOf(net, "block4.norm2")).isEqualTo(Shape.of(64, 4, 4));
    assertThat(shapeOf(net, "block4.shortcut")).isEqualTo(Shape.of(64, 4, 4));
  }

  @Test
  void blocksOfEqualChannelsHaveNoShortcutConvolution() {
    Blueprint net = new ResNet(List.of(16, 16)).blueprint(16, 8, 8, 10);
    assertThat(net.nodes()).extracting(Node::name).noneMatch(name -> name.endsWith("shortcut"));
  }

  @Test
  void lastGainOfABlockStartsAtZero() {
    for (TensorSpec tensor : RESNET.blueprint(3, 32, 32, 10).tensors()) {
      float expected = tensor.name().endsWith("norm2.weight") ? 0 : 1;
      if (tensor.name().contains("norm") && tensor.name().endsWith(".weight")) {
        assertThat(tensor.initialValues(1)).as(tensor.name()).containsOnly(expected);
      }
    }
  }

  @Test
  void initialWeightsFollowHeAndDependOnSeedAndNameOnly() {
    TensorSpec tensor = tensorOf(RESNET.blueprint(3, 32, 32, 10), "block5.conv2.weight");
    float[] values = tensor.initialValues(7);
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double variance = squares / values.length;
    assertThat(sum / values.length).isCloseTo(0, within(1e-4));
    assertThat(variance).isCloseTo(2.0 / (256 * 9), within(1e-5));
    // isEqualTo: containsExactly takes a minute over 590,000 values.
    assertThat(tensor.initialValues(7)).isEqualTo(values);
    assertThat(tensor.initialValues(8)[0]).isNotEqualTo(values[0]);
    assertThat(tensorOf(RESNET.blueprint(1, 16, 16, 3), "block5.conv2.weight").initialValues(7))
        .isEqualTo(values);
  }

  @Test
  void refusalNamesSmallestImageSize() {
    assertThatThrownBy(() -> new ConvNet(List.of(20, 40, 80)).blueprint(3, 14, 32, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("14 pixels high and 32 wide")
        .hasMessageContaining("at least 15");
    assertThat(new ConvNet(List.of(20, 40, 80)).blueprint(3, 15, 15, 10).shape("linear"))
        .isEqualTo(Shape.of(10));
    assertThatThrownBy(() -> RESNET.blueprint(3, 8, 8, 10))
        .hasMessageContaining("8 pixels high")
        .hasMessageContaining("at least 9");
    assertThat(shapeOf(RESNET.blueprint(3, 9, 9, 10), "block5.add")).isEqualTo(Shape.of(256, 1, 1));
  }

  @Test
  void refusesInvalidChannelsAndClasses() {
    assertThatThrownBy(() -> new ResNet(List.of())).hasMessageContaining("channels []");
    assertThatThrownBy(() -> new ConvNet(List.of(16, 0))).hasMessageContaining("[16, 0]");
    assertThatThrownBy(() -> new Linear().blueprint(3, 32, 32, 1)).hasMessageContaining("1 class");
  }

  private static Shape shapeOf(Blueprint net, String node) {
    return net.nodes().stream()
        .filter(it -> it.name().equals(node))
        .findFirst()
        .orElseThrow()
        .shape();
  }

  private static TensorSpec tensorOf(Blueprint net, String name) {
    return net.tensors().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  static Stream<Arguments> wrongInputs() {
    Shape image = Shape.of(3, 8, 8);
    return Stream.of(
        arguments(new Operation.Convolution(4, 2, 3, 1, 1, true), image, "4 channels, not the 3"),
        arguments(new Operation.Convolution(3, 2, 9, 1, 0, true), image, "larger than its input"),
        arguments(new Operation.Convolution(5, 2, 3, 1, 1, true), Shape.of(5), "images [C, H, W]"),
        arguments(new Operation.BatchNorm(4, 1e-5, 0.1, 1), image, "4 channels, not the 3"),
        arguments(new Operation.Dense(192, 2, true), image, "a vector of 192 values, not 3x8x8"),
        arguments(new Operation.Dense(5, 2, true), Shape.of(6), "a vector of 5 values, not 6"),
        arguments(new Operation.Halve(), Shape.of(6), "images [C, H, W], not 6"),
        arguments(new Operation.GlobalAverage(), Shape.of(6), "images [C, H, W], not 6"),
        arguments(new Operation.GlobalMax(), Shape.of(6), "images [C, H, W], not 6"),
        arguments(new Operation.MeanPool(9, 1, 0), image, "windows of 9 pixels"),
        arguments(new Operation.Add(), image, "two or more inputs, not 1"),
        arguments(new Operation.Concat(), image, "two or more inputs, not 1"));
  }

  @ParameterizedTest
  @MethodSource("wrongInputs")
  void operationsRefuseUnsuitableInputs(Operation operation, Shape input, String why) {
    BlueprintBuilder net = new BlueprintBuilder();
    net.input("in", input);
    assertThatThrownBy(() -> net.add("node", operation, "in"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot build a network: node node can't do ")
        .hasMessageContaining(why);
  }

  @Test
  void sumRefusesInputsOfDifferentShapes() {
    BlueprintBuilder net = new BlueprintBuilder();
    net.input("a", Shape.of(3));
    net.input("b", Shape.of(4));
    assertThatThrownBy(() -> net.add("sum", new Operation.Add(), "a", "b"))
        .hasMessageContaining("inputs of one shape, not [3, 4]");
  }

  @Test
  void channelsAreJoinedWhereSidesAreTheSame() {
    assertThat(new Operation.Concat().shape(List.of(Shape.of(3, 4, 5), Shape.of(2, 4, 5))))
        .isEqualTo(Shape.of(5, 4, 5));
    assertThat(new Operation.Concat().shape(List.of(Shape.of(3), Shape.of(2), Shape.of(1))))
        .isEqualTo(Shape.of(6));
    assertThatThrownBy(
            () -> new Operation.Concat().shape(List.of(Shape.of(3, 4, 5), Shape.of(2, 5, 5))))
        .hasMessageContaining("inputs of the same sides, not [3x4x5, 2x5x5]");
  }

  @Test
  void aWideKernelIsPaddedOnItsLongSideOnly() {
    Operation wide =
        new Operation.Convolution(
            3, 2, 1, 7, 1, new Padding.Half(), 1, false, Initials.pytorch(21));
    assertThat(wide.shape(List.of(Shape.of(3, 8, 9)))).isEqualTo(Shape.of(2, 8, 9));
    assertThat(wide.tensors().get(0).shape()).containsExactly(2, 3, 1, 7);
    assertThat(wide.multiplyAdds(Shape.of(2, 8, 9))).isEqualTo(3 * 7 * 2 * 8 * 9);
  }

  @Test
  void namesMissingInput() {
    BlueprintBuilder net = new BlueprintBuilder();
    net.input("a", Shape.of(3));
    assertThatThrownBy(() -> net.add("relu", new Operation.Relu(), "b"))
        .hasMessage("Cannot build a network: there is no b yet, only [a]");
  }
}
