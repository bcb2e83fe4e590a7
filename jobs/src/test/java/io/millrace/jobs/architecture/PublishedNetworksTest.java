package io.millrace.jobs.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.millrace.jobs.architecture.catalogue.Darknet;
import io.millrace.jobs.architecture.catalogue.DenseNet;
import io.millrace.jobs.architecture.catalogue.EfficientNetLite0;
import io.millrace.jobs.architecture.catalogue.InceptionResNet;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet18;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet34;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet50;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.WideResNet50;
import io.millrace.jobs.architecture.catalogue.Vgg.Vgg16;
import io.millrace.jobs.architecture.catalogue.Vgg.Vgg16Bn;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalogue's networks for 1,000 classes of ImageNet are those that others publish. */
class PublishedNetworksTest {
  private static final Darknet DARKNET = new Darknet(List.of(1, 2, 4, 6, 3), 32);

  /**
   * Weights as published; billions of multiply-adds at 224 pixels as torchvision and Google say.
   */
  static Stream<Arguments> published() {
    return Stream.of(
        arguments(new ResNet18(64), 11_689_512, 1.814),
        arguments(new ResNet34(64), 21_797_672, 3.664),
        arguments(new ResNet50(64), 25_557_032, 4.089),
        arguments(new WideResNet50(64), 68_883_240, 11.398),
        arguments(new Vgg16(64, 4096), 138_357_544, 15.470),
        arguments(new Vgg16Bn(64, 4096), 138_365_992, 15.470),
        arguments(new DenseNet(List.of(6, 12, 24, 16), 32, 64), 7_978_856, 2.834),
        arguments(new EfficientNetLite0(), 4_652_008, 0.385));
  }

  @ParameterizedTest
  @MethodSource("published")
  void hasPublishedWeightsAndCost(Architecture architecture, int weights, double billions) {
    Blueprint net = architecture.blueprint(3, 224, 224, 1000);
    assertThat(net.weightCount()).isEqualTo(weights);
    assertThat(net.multiplyAdds() / 1e9).isCloseTo(billions, within(5e-4));
    assertThat(net.shape(net.output())).isEqualTo(Shape.of(1000));
  }

  @Test
  void darknetHasTheWeightsOfLessonTwelve() {
    Blueprint net = DARKNET.blueprint(3, 32, 32, 10);
    assertThat(net.weightCount()).isEqualTo(31_410_922);
    assertThat(net.shape("group1.relu")).isEqualTo(Shape.of(64, 16, 16));
    assertThat(net.shape("group2.relu")).isEqualTo(Shape.of(128, 16, 16));
    assertThat(net.shape("group5.block3.add")).isEqualTo(Shape.of(1024, 2, 2));
    assertThat(net.features()).isEqualTo("pool");
  }

  @Test
  void inceptionResNetHasTheWeightsOfTimms() {
    Blueprint net = new InceptionResNet(List.of(10, 20, 10), 32).blueprint(3, 299, 299, 1000);
    assertThat(net.weightCount()).isEqualTo(55_843_464);
    assertThat(net.shape("mixed_5b.concat")).isEqualTo(Shape.of(320, 35, 35));
    assertThat(net.shape("mixed_6a.concat")).isEqualTo(Shape.of(1088, 17, 17));
    assertThat(net.shape("mixed_7a.concat")).isEqualTo(Shape.of(2080, 8, 8));
    assertThat(net.features()).isEqualTo("global_pool");
    assertThat(net.tensors().stream().map(TensorSpec::name))
        .contains(
            "mixed_5b.branch3.1.conv.weight",
            "repeat_1.19.branch1.2.bn.running_var",
            "block8.conv2d.bias");
    InceptionResNet narrow = new InceptionResNet(List.of(1, 1, 1), 2);
    assertThat(narrow.blueprint(3, 75, 75, 10).shape("block8.add")).isEqualTo(Shape.of(130, 1, 1));
    assertThatThrownBy(() -> narrow.blueprint(3, 74, 75, 10))
        .hasMessageContaining("at least 75 pixels");
    assertThatThrownBy(() -> new InceptionResNet(List.of(1, 1, 1), 3))
        .hasMessageContaining("width = 3: give an even number");
  }

  @Test
  void denseNetHalvesDownBetweenBlocks() {
    DenseNet net = new DenseNet(List.of(6, 12, 24, 16), 32, 64);
    assertThat(net.blueprint(3, 224, 224, 10).shape("features.relu5"))
        .isEqualTo(Shape.of(1024, 7, 7));
    assertThat(net.blueprint(3, 29, 60, 10).shape("features.relu5"))
        .isEqualTo(Shape.of(1024, 1, 1));
    assertThatThrownBy(() -> net.blueprint(3, 28, 60, 10))
        .hasMessageContaining("at least 29 pixels");
  }

  @Test
  void featuresAreWhatTheLastLinearMapReads() {
    Blueprint vgg = new Vgg16(64, 4096).blueprint(3, 224, 224, 1000);
    assertThat(vgg.classifier().name()).isEqualTo("classifier.6");
    assertThat(vgg.features()).isEqualTo("classifier.4");
    assertThat(vgg.shape(vgg.features())).isEqualTo(Shape.of(4096));
    Blueprint resnet = new ResNet50(64).blueprint(3, 224, 224, 1000);
    assertThat(resnet.classifier().name()).isEqualTo("fc");
    assertThat(resnet.shape(resnet.features())).isEqualTo(Shape.of(2048));
    assertThat(resnet.withOutputs(List.of("relu")).classifier().name()).isEqualTo("fc");
    BlueprintBuilder none = BlueprintBuilder.ofImages(1, 2, 2);
    none.add("flat", new Operation.Flatten(), Blueprint.IMAGES);
    assertThatThrownBy(() -> none.build("flat").features())
        .hasMessageContaining("it has no linear map");
  }

  @Test
  void shapesAreThoseOfThePapers() {
    Blueprint resnet = new ResNet18(64).blueprint(3, 224, 224, 1000);
    assertThat(resnet.shape("maxpool")).isEqualTo(Shape.of(64, 56, 56));
    assertThat(resnet.shape("layer4.1.relu")).isEqualTo(Shape.of(512, 7, 7));
    Blueprint vgg = new Vgg16Bn(64, 4096).blueprint(3, 224, 224, 1000);
    assertThat(vgg.shape("features.43")).isEqualTo(Shape.of(512, 7, 7));
    Blueprint lite = new EfficientNetLite0().blueprint(3, 224, 224, 1000);
    assertThat(lite.shape("blocks.2.1.add")).isEqualTo(Shape.of(40, 28, 28));
    assertThat(lite.shape("blocks.6.0.bn3")).isEqualTo(Shape.of(320, 7, 7));
    // Odd sides are halved upwards.
    assertThat(resnetOf(33).shape("layer4.1.relu")).isEqualTo(Shape.of(512, 2, 2));
    assertThat(new EfficientNetLite0().blueprint(3, 17, 30, 10).shape("conv_head"))
        .isEqualTo(Shape.of(1280, 1, 1));
  }

  @Test
  void refusalsNameTheSmallestSize() {
    assertThatThrownBy(() -> resnetOf(16))
        .hasMessage(
            "Cannot build resnet-18 for images 16 pixels high and 16 wide: each side must be at least 17 pixels; take larger images");
    assertThat(resnetOf(17).shape("layer4.1.relu")).isEqualTo(Shape.of(512, 1, 1));
    assertThatThrownBy(() -> new Vgg16(64, 4096).blueprint(3, 32, 31, 10))
        .hasMessageContaining("at least 32 pixels");
    assertThat(new Vgg16(64, 4096).blueprint(3, 32, 32, 10).shape("features.30"))
        .isEqualTo(Shape.of(512, 1, 1));
    assertThatThrownBy(() -> new EfficientNetLite0().blueprint(3, 16, 16, 10))
        .hasMessageContaining("at least 17 pixels");
    assertThatThrownBy(() -> DARKNET.blueprint(3, 8, 9, 10))
        .hasMessageContaining("darknet with 5 groups")
        .hasMessageContaining("at least 9 pixels");
    assertThat(DARKNET.blueprint(3, 9, 9, 10).shape("group5.relu")).isEqualTo(Shape.of(1024, 1, 1));
    assertThatThrownBy(() -> new Darknet(List.of(), 32)).hasMessageContaining("blocks []");
    assertThatThrownBy(() -> new Darknet(List.of(1), 0)).hasMessageContaining("width = 0");
  }

  private static Blueprint resnetOf(int side) {
    return new ResNet18(64).blueprint(3, side, side, 10);
  }

  @Test
  void initialWeightsAreTorchvisions() {
    Blueprint net = new ResNet18(64).blueprint(3, 224, 224, 1000);
    // Fan out: 64 outputs by 7 x 7.
    assertThat(deviation(net, "conv1.weight")).isCloseTo(Math.sqrt(2.0 / (64 * 49)), within(5e-4));
    double bound = 1 / Math.sqrt(512);
    assertThat(deviation(net, "fc.weight")).isCloseTo(bound / Math.sqrt(3), within(2e-4));
    for (float value : values(net, "fc.bias")) {
      assertThat((double) value).isBetween(-bound, bound);
    }
    Blueprint lite = new EfficientNetLite0().blueprint(3, 224, 224, 1000);
    // Depthwise: one output by 5 x 5.
    assertThat(deviation(lite, "blocks.5.1.conv_dw.weight"))
        .isCloseTo(Math.sqrt(2.0 / 25), within(5e-3));
    Blueprint vgg = new Vgg16(64, 64).blueprint(3, 32, 32, 10);
    assertThat(deviation(vgg, "classifier.0.weight")).isCloseTo(0.01, within(1e-4));
    assertThat(values(vgg, "features.0.bias")).containsOnly(0);
  }

  private static double deviation(Blueprint net, String tensor) {
    double squares = 0;
    float[] values = values(net, tensor);
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / values.length);
  }

  private static float[] values(Blueprint net, String tensor) {
    return net.tensors().stream()
        .filter(it -> it.name().equals(tensor))
        .findFirst()
        .orElseThrow()
        .initialValues(5);
  }
}
