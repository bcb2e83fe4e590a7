package io.millrace.jobs.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Operation.Add;
import io.millrace.jobs.architecture.Operation.Concat;
import io.millrace.jobs.architecture.Operation.Dense;
import io.millrace.jobs.architecture.Operation.Flatten;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.architecture.catalogue.LessonSevenNets.ResNet2L7;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.EngineContract;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.CatalogueNetworks;
import io.millrace.jobs.testing.RandomWeights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** onnxruntime computes from our files what every engine computes. */
class OnnxModelTest {
  private static final int N = 3;
  private static final int CLASSES = 5;
  private static final float SAME = 1e-4f;
  private static final List<Double> MEAN = List.of(0.5, 0.4, 0.3);
  private static final List<Double> STD = List.of(0.2, 0.25, 0.3);

  @TempDir Path folder;

  static Stream<Operation> operations() {
    return EngineContract.operations();
  }

  static Stream<String> architectures() {
    return CatalogueNetworks.names();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void runtimeAgreesOnEveryOperation(Operation operation) throws IOException {
    BlueprintBuilder net = BlueprintBuilder.ofImages(2, 6, 6);
    String[] from = {Blueprint.IMAGES};
    if (operation instanceof Dense) {
      from[0] = net.add("flat", new Flatten(), Blueprint.IMAGES);
    } else if (operation instanceof Add || operation instanceof Concat) {
      String other = net.convolution("other", Blueprint.IMAGES, 2, 1, 1, true);
      from = new String[] {Blueprint.IMAGES, other, Blueprint.IMAGES};
    }
    String at = net.add("tried", operation, from);
    if (net.shape(at).sides().size() > 1) {
      at = net.add("flattened", new Flatten(), at);
    }
    assertSameProbabilities(net.build(net.dense("out", at, CLASSES, true)));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void runtimeAgreesOnEveryNetworkOfTheCatalogue(String name) throws IOException {
    assertSameProbabilities(CatalogueNetworks.smallest(name, CLASSES));
  }

  @Test
  void runtimeAgreesOnNetworksWithDropout() throws IOException {
    assertSameProbabilities(new ResNet2L7(List.of(4, 6), 0.2, false).blueprint(3, 9, 8, CLASSES));
  }

  private void assertSameProbabilities(Blueprint blueprint) throws IOException {
    State weights = RandomWeights.of(blueprint, 1);
    int channels = blueprint.shape(Blueprint.IMAGES).channels();
    List<Double> mean = MEAN.subList(0, channels);
    List<Double> std = STD.subList(0, channels);
    Path file = folder.resolve("model.onnx");
    try (OutputStream out = Files.newOutputStream(file)) {
      OnnxModel.of(blueprint, weights, mean, std, Map.of()).writeTo(out);
    }
    for (int n : new int[] {1, N}) {
      FloatBuffer pictures = pictures(blueprint, n);
      float[] found;
      try (OnnxSession session = OnnxRuntime.open(file, 1)) {
        Shape shape = blueprint.shape(Blueprint.IMAGES);
        found = session.probabilities(pictures, n, channels, shape.height(), shape.width());
      }
      assertThat(found).hasSize(n * CLASSES);
      Minibatch batch = normalised(blueprint, pictures, n, mean, std);
      for (Engine engine : Engines.all()) {
        if (engine.unsupported(blueprint, Set.of()).isEmpty()) {
          try (Network network = engine.network(blueprint, 1, 0)) {
            network.restore(weights);
            assertThat(network.predict(batch, new CrossEntropy(CLASSES)))
                .as(engine.name())
                .containsExactly(found, within(SAME));
          }
        }
      }
    }
  }

  private static FloatBuffer pictures(Blueprint blueprint, int n) {
    FloatBuffer values = direct(n * blueprint.shape(Blueprint.IMAGES).size());
    Random random = new Random(n);
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, random.nextFloat());
    }
    return values;
  }

  private static Minibatch normalised(
      Blueprint blueprint, FloatBuffer pictures, int n, List<Double> mean, List<Double> std) {
    Shape shape = blueprint.shape(Blueprint.IMAGES);
    int plane = shape.height() * shape.width();
    FloatBuffer values = direct(pictures.capacity());
    for (int i = 0; i < values.capacity(); i++) {
      int channel = i / plane % shape.channels();
      values.put(i, (float) ((pictures.get(i) - mean.get(channel)) / std.get(channel)));
    }
    return new Minibatch(
        Collections.nCopies(n, "picture"),
        Map.of(Minibatch.IMAGES, new FloatTensor(values, shape.batched(n))));
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Test
  void sameModelGivesTheSameBytesAndKeepsItsMetadata() throws IOException {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("classes", "[\"Katze, 日本\",\"dog\"]");
    about.put("digest", "1234");
    Blueprint net = line(2);
    byte[] once = bytes(net, about);
    assertThat(Arrays.equals(bytes(net, about), once)).isTrue();
    Path file = Files.write(folder.resolve("model.onnx"), once);
    try (OnnxSession session = OnnxRuntime.open(file, 1)) {
      assertThat(session.metadata()).isEqualTo(about);
    }
  }

  private static Blueprint line(int layers) {
    BlueprintBuilder net = BlueprintBuilder.ofImages(1, 2, 2);
    String at = net.add("flat", new Flatten(), Blueprint.IMAGES);
    // Names that our own values of the graph might have had.
    at = net.dense("probabilities", at, 4, true);
    for (int i = 0; i < layers; i++) {
      at = net.dense("normalised" + i, at, 4, false);
    }
    return net.build(at);
  }

  private static byte[] bytes(Blueprint net, Map<String, String> about) throws IOException {
    OnnxModel model =
        OnnxModel.of(net, RandomWeights.of(net, 1), List.of(0.5), List.of(0.2), about);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    model.writeTo(out);
    assertThat(model.bytes()).isEqualTo(out.size());
    return out.toByteArray();
  }

  @Test
  void countsBytesBeyondWhatFilesHold() {
    int side = 4096;
    BlueprintBuilder net = BlueprintBuilder.ofImages(1, side, 1);
    String at = net.add("flat", new Flatten(), Blueprint.IMAGES);
    List<NamedTensor> tensors = new ArrayList<>();
    float[] shared = new float[side * side];
    for (int i = 0; i < 40; i++) {
      at = net.dense("d" + i, at, side, false);
      tensors.add(new NamedTensor(at + ".weight", new int[] {side, side}, Role.TRAINABLE, shared));
    }
    OnnxModel model =
        OnnxModel.of(net.build(at), new State(tensors), List.of(0.0), List.of(1.0), Map.of());
    assertThat(model.bytes()).isGreaterThan(OnnxModel.MOST_BYTES).isLessThan(2_700_000_000L);
  }

  @Test
  void namesWhatIsNoClassifierOfPictures() {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.dense("out", net.input("points", Shape.of(2)), 3, true);
    Blueprint points = net.build(at);
    assertThat(OnnxModel.unsupported(points))
        .containsExactly(
            "onnx takes a network from pictures to one vector, not from [points] to [out]");
    State weights = RandomWeights.of(points, 1);
    assertThatThrownBy(() -> OnnxModel.of(points, weights, List.of(), List.of(), Map.of()))
        .hasMessageStartingWith("Cannot write ONNX: onnx takes a network");
  }
}
