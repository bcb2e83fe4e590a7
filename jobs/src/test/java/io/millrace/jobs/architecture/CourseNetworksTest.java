package io.millrace.jobs.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.millrace.jobs.architecture.catalogue.ConvNet2;
import io.millrace.jobs.architecture.catalogue.Darknet;
import io.millrace.jobs.architecture.catalogue.LessonEighteenNets.Plain;
import io.millrace.jobs.architecture.catalogue.LessonEighteenNets.Residual;
import io.millrace.jobs.architecture.catalogue.LessonSevenNets.ConvBnNet;
import io.millrace.jobs.architecture.catalogue.LessonSevenNets.ConvBnNet2;
import io.millrace.jobs.architecture.catalogue.LessonSevenNets.ResNet2L7;
import io.millrace.jobs.architecture.catalogue.LessonSevenNets.ResNetL7;
import io.millrace.jobs.architecture.catalogue.PreActivationNets.PreActResNet;
import io.millrace.jobs.architecture.catalogue.PreActivationNets.Wrn;
import io.millrace.jobs.architecture.catalogue.PreActivationNets.Wrn22;
import io.millrace.jobs.architecture.catalogue.SimpleNet;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet18;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet18Concat;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet50;
import io.millrace.jobs.architecture.catalogue.Vgg.Vgg16;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks of the courses have the sizes that their lessons, their papers or PyTorch give. */
class CourseNetworksTest {
  private static final List<Integer> LESSON_SEVEN = List.of(10, 20, 40, 80, 160);

  /** Weights for CIFAR-10, as PyTorch counts them. */
  static Stream<Arguments> forCifar() {
    return Stream.of(
        arguments(new SimpleNet(List.of(40)), 122_880 + 40 + 400 + 10),
        arguments(new ConvNet2(List.of(20, 40, 80)), 560 + 7_240 + 28_880 + 810),
        arguments(new ConvBnNet(LESSON_SEVEN), 155_970),
        arguments(new ConvBnNet2(LESSON_SEVEN), 462_570),
        arguments(new ResNetL7(LESSON_SEVEN, false), 769_170),
        arguments(new ResNet2L7(List.of(16, 32, 64, 128, 256), 0.2, false), 1_966_234),
        arguments(new Wrn22(16, false), 9_658_458),
        arguments(new Wrn(28, 10, 16, false), 36_479_194),
        arguments(new Wrn(16, 8, 16, false), 10_961_370),
        arguments(new Wrn(40, 4, 16, true), 8_949_210),
        arguments(new ResNet18Concat(64, false), 11_173_962 + 5_120),
        arguments(new PreActResNet(List.of(2, 2, 2, 2), 64, false), 11_172_170),
        arguments(new PreActResNet(List.of(3, 4, 6, 3), 64, false), 21_280_330));
  }

  @ParameterizedTest
  @MethodSource("forCifar")
  void hasTheWeightsOfItsLesson(Architecture architecture, int weights) {
    Blueprint net = architecture.blueprint(3, 32, 32, 10);
    assertThat(net.weightCount()).isEqualTo(weights);
    assertThat(net.shape(net.output())).isEqualTo(Shape.of(10));
  }

  /** The seven networks of lesson 18, in the order of its table; multiply-adds by PyTorch. */
  static Stream<Arguments> ofLessonEighteen() {
    List<Integer> usual = List.of(16, 32, 64, 128, 256);
    List<Integer> wide = List.of(16, 32, 64, 128, 256, 512);
    return Stream.of(
        arguments(new Plain(List.of(8, 16, 32, 64), 2, false), 27_074, 220_576),
        arguments(new Plain(List.of(8, 16, 32, 64, 128), 1, true), 103_628, 1_102_976),
        arguments(
            new Residual(List.of(8, 16, 32, 64, 128, 256), 3, true, 2, false),
            1_227_900,
            8_406_784),
        arguments(new Residual(wide, 5, true, 2, false), 4_905_572, 36_908_544),
        arguments(new Residual(wide, 5, true, 1, true), 4_905_572, 44_379_648),
        arguments(new Residual(usual, 5, true, 2, true), 1_230_436, 29_697_024),
        arguments(new Residual(usual, 5, false, 2, true), 1_223_972, 24_666_880));
  }

  @ParameterizedTest
  @MethodSource("ofLessonEighteen")
  void hasWeightsAndCostOfLessonEighteen(
      Architecture architecture, int weights, long multiplyAdds) {
    Blueprint net = architecture.blueprint(1, 28, 28, 10);
    assertThat(net.weightCount()).isEqualTo(weights);
    assertThat(net.multiplyAdds()).isEqualTo(multiplyAdds);
  }

  @Test
  void aLayerOfLessonSevenIsConvolutionReluAndNorm() {
    Blueprint net = new ResNetL7(List.of(4, 6), false).blueprint(3, 33, 32, 10);
    assertThat(net.nodes().stream().map(Node::name))
        .startsWith("conv1", "group1.conv1", "group1.relu1", "group1.norm1", "group1.conv2")
        .endsWith("group1.norm3", "group1.add3", "pool", "linear");
    assertThat(net.shape("group1.add3")).isEqualTo(Shape.of(6, 17, 16));
    assertThat(net.tensors().stream().map(TensorSpec::name))
        .contains("conv1.bias", "group1.norm3.running_var")
        .doesNotContain("group1.conv1.bias");
  }

  @Test
  void dropoutIsNoPartOfThePrediction() {
    Blueprint net = new ResNet2L7(List.of(4, 6), 0.2, false).blueprint(3, 32, 32, 10);
    assertThat(net.nodes().stream().map(Node::name))
        .startsWith("conv1", "relu1", "norm1")
        .endsWith("pool", "drop", "linear");
    assertThat(new Vgg16(2, 4, 0.5).blueprint(3, 32, 32, 10).dropouts())
        .extracting(Node::name)
        .containsExactly("classifier.2", "classifier.5");
    assertThat(net.dropouts()).extracting(Node::name).containsExactly("drop");
    Blueprint predicting = net.predicting();
    assertThat(predicting.nodes().stream().map(Node::name)).endsWith("pool", "linear");
    assertThat(predicting.features()).isEqualTo("pool");
    assertThat(predicting)
        .isEqualTo(new ResNet2L7(List.of(4, 6), 0, false).blueprint(3, 32, 32, 10));
    assertThatThrownBy(() -> new ResNet2L7(List.of(4), 1, false))
        .hasMessageContaining("dropout = 1.0: it must be at least 0 and less than 1");
  }

  @Test
  void preActivationNormalisesBeforeConvolutions() {
    Blueprint net = new PreActResNet(List.of(1, 2), 4, false).blueprint(3, 15, 16, 10);
    assertThat(net.nodes().stream().map(Node::name))
        .startsWith("conv1", "layer1.0.bn1", "layer1.0.relu1", "layer1.0.conv1", "layer1.0.bn2")
        .endsWith("layer2.1.add", "bn", "relu", "avgpool", "linear")
        .contains("layer2.0.shortcut.0")
        .doesNotContain("layer1.0.shortcut.0", "layer2.1.shortcut.0");
    assertThat(net.shape("layer2.1.add")).isEqualTo(Shape.of(8, 8, 8));
    assertThat(net.features()).isEqualTo("avgpool");
  }

  @Test
  void shortcutsOfLessonTwelveBeginAfterTheFirstRelu() {
    Blueprint net = new Wrn22(2, false).blueprint(3, 32, 32, 10);
    Node sum =
        net.nodes().stream().filter(it -> it.name().equals("layer1.1.add")).findFirst().get();
    assertThat(sum.inputs()).containsExactly("layer1.1.scale", "layer1.1.relu1");
  }

  /** With a gain of 0 a block begins as its shortcut alone. */
  @Test
  void zeroGammaIsTheLastNormOfEveryBlock() {
    assertThat(gainsOfZero(new ResNetL7(List.of(4, 6), true)))
        .containsExactly("group1.norm2.weight", "group1.norm3.weight");
    assertThat(gainsOfZero(new PreActResNet(List.of(1, 1), 4, true)))
        .containsExactly("layer1.0.bn2.weight", "layer2.0.bn2.weight");
    assertThat(gainsOfZero(new Wrn(10, 1, 4, true))).hasSize(3);
    assertThat(gainsOfZero(new Wrn22(2, true))).hasSize(9);
    assertThat(gainsOfZero(new Residual(List.of(4, 6), 3, true, 2, true)))
        .containsExactly("block1.norm2.weight", "block2.norm2.weight");
    assertThat(gainsOfZero(new Darknet(List.of(1, 0, 1), 4, true)))
        .containsExactly("group1.block1.norm2.weight", "group3.block1.norm2.weight");
    assertThat(gainsOfZero(new ResNet18(2, true)))
        .hasSize(8)
        .allMatch(it -> it.endsWith(".bn2.weight"));
    assertThat(gainsOfZero(new ResNet50(2, true)))
        .hasSize(16)
        .allMatch(it -> it.endsWith(".bn3.weight"));
    assertThat(gainsOfZero(new ResNet18Concat(2, true))).hasSize(8);
    assertThat(gainsOfZero(new ResNet18(2))).isEmpty();
    assertThat(gainsOfZero(new Darknet(List.of(1, 0, 1), 4))).isEmpty();
    assertThat(gainsOfZero(new ResNetL7(List.of(4, 6), false))).isEmpty();
    assertThat(gainsOfZero(new Wrn22(2, false))).isEmpty();
  }

  private static List<String> gainsOfZero(Architecture architecture) {
    return architecture.blueprint(3, 32, 32, 10).tensors().stream()
        .filter(it -> it.kind() == TensorKind.NORM && it.name().endsWith("weight"))
        .filter(it -> it.initialValues(1)[0] == 0)
        .map(TensorSpec::name)
        .toList();
  }

  @Test
  void weightsOfLessonSevenBeginAsPyTorchs() {
    TensorSpec first = new ConvBnNet(LESSON_SEVEN).blueprint(3, 32, 32, 10).tensors().get(0);
    double bound = 1 / Math.sqrt(75);
    double largest = 0;
    for (float value : first.initialValues(3)) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).isCloseTo(bound, within(0.01)).isLessThanOrEqualTo(bound);
  }

  @Test
  void refusalsSayWhatFits() {
    assertThatThrownBy(() -> new Wrn(27, 10, 16, false))
        .hasMessage(
            "Cannot build wrn with depth = 27: it must be 4 and a multiple of 6, such as 22 or 28");
    assertThatThrownBy(() -> new Residual(List.of(4), 2, true, 2, false))
        .hasMessageContaining("first-kernel = 2: give an odd number");
    assertThatThrownBy(() -> new Plain(List.of(4), 3, false))
        .hasMessageContaining("first-stride = 3: give 1 or 2");
    assertThatThrownBy(() -> new SimpleNet(List.of(0))).hasMessageContaining("layers [0]");
    assertThatThrownBy(() -> new ConvNet2(List.of(4, 4, 4)).blueprint(3, 4, 9, 10))
        .hasMessageContaining("at least 5 pixels");
    assertThat(new ConvNet2(List.of(4, 4, 4)).blueprint(3, 5, 5, 10).shape("conv3"))
        .isEqualTo(Shape.of(4, 1, 1));
    assertThatThrownBy(() -> new Wrn22(16, false).blueprint(3, 2, 2, 10))
        .hasMessageContaining("at least 3 pixels");
    assertThat(new Wrn22(16, false).blueprint(3, 3, 3, 10).shape("bn"))
        .isEqualTo(Shape.of(384, 1, 1));
  }
}
