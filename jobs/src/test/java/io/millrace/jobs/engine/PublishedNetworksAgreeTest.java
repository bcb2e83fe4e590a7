package io.millrace.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.catalogue.Darknet;
import io.millrace.jobs.architecture.catalogue.DenseNet;
import io.millrace.jobs.architecture.catalogue.EfficientNetLite0;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet18;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet34;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.ResNet50;
import io.millrace.jobs.architecture.catalogue.TorchvisionResNets.WideResNet50;
import io.millrace.jobs.architecture.catalogue.Vgg.Vgg16;
import io.millrace.jobs.architecture.catalogue.Vgg.Vgg16Bn;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.SafeTensors;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.RealData;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both engines give PyTorch's probabilities for torchvision's networks, by torchvision's own names
 * of their tensors, and for the others of the catalogue that are published. It takes more than 20 s
 * since Python and both engines run nine networks, most at their full size: 500 MB of weights.
 */
class PublishedNetworksAgreeTest {
  private static final int CLASSES = 1000;
  private static final int HIDDEN = 512;
  private static final float LARGEST_ERROR = 1e-4f;
  @TempDir static Path folder;

  /**
   * A network as in {@code published.py}.
   *
   * @param engines that can do it for pictures of that size
   */
  record Case(String name, Architecture architecture, int side, List<String> engines) {
    Blueprint blueprint() {
      return architecture.blueprint(3, side, side, CLASSES);
    }
  }

  static Stream<Case> cases() {
    List<String> both = List.of("torch", "dl4j");
    return Stream.of(
        new Case("resnet-18", new ResNet18(64), 65, both),
        new Case("resnet-34", new ResNet34(64), 64, both),
        new Case("resnet-50", new ResNet50(64), 63, both),
        new Case("wide-resnet-50-2", new WideResNet50(32), 48, both),
        // Windows of a mean overlap where the sides are no multiples of 7: 3 pixels, here.
        new Case("vgg-16", new Vgg16(64, HIDDEN), 96, List.of("torch")),
        new Case("vgg-16-bn", new Vgg16Bn(64, HIDDEN), 224, both),
        new Case("densenet", new DenseNet(List.of(6, 12, 24, 16), 32, 64), 71, both),
        new Case("efficientnet-lite0", new EfficientNetLite0(), 90, both),
        new Case("darknet", new Darknet(List.of(1, 2, 4, 6, 3), 16), 37, both));
  }

  @BeforeAll
  static void runPython() throws Exception {
    Path script = folder.resolve("published.py");
    try (InputStream in = PublishedNetworksAgreeTest.class.getResourceAsStream("published.py")) {
      Files.copy(in, script);
    }
    List<String> cases =
        cases().flatMap(it -> Stream.of(it.name(), String.valueOf(it.side()))).toList();
    List<String> command =
        Stream.concat(
                Stream.of(
                    RealData.python("torch", "torchvision").toString(),
                    script.toString(),
                    folder.toString()),
                cases.stream())
            .toList();
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void probabilitiesAreThoseOfPyTorch(Case tried) throws Exception {
    State all = read(folder.resolve(tried.name() + ".safetensors"));
    NamedTensor images = all.tensor("images").orElseThrow();
    float[] expected = all.tensor("probabilities").orElseThrow().values();
    State weights =
        new State(
            all.tensors().stream()
                .filter(it -> !Set.of("images", "probabilities").contains(it.name()))
                .toList());
    FloatBuffer values = SmallNetworks.direct(images.values().length).put(images.values()).flip();
    Minibatch batch =
        new Minibatch(
            List.of("a", "b"), Map.of(Minibatch.IMAGES, new FloatTensor(values, images.shape())));
    for (String engine : tried.engines()) {
      try (Network network = Engines.named(engine).network(tried.blueprint(), 1, 1)) {
        network.restore(weights);
        float[] found = network.predict(batch, new CrossEntropy(CLASSES));
        assertThat(found).hasSameSizeAs(expected);
        float error = 0;
        float largest = 0;
        for (int i = 0; i < found.length; i++) {
          error = Math.max(error, Math.abs(found[i] - expected[i]));
          largest = Math.max(largest, expected[i]);
        }
        assertThat(error).as(engine).isLessThan(LARGEST_ERROR);
        assertThat(largest).as("the case is not trivial").isBetween(0.01f, 0.9f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void enginesSayWhatTheyCanNot(Case tried) {
    for (String engine : List.of("torch", "dl4j")) {
      assertThat(Engines.named(engine).unsupported(tried.blueprint(), Set.of()).isEmpty())
          .isEqualTo(tried.engines().contains(engine));
    }
  }

  private static State read(Path file) throws Exception {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return SafeTensors.readFrom(in).state();
    }
  }
}
