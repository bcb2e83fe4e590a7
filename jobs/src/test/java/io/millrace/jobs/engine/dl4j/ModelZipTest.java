package io.millrace.jobs.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.CatalogueNetworks;
import io.millrace.jobs.testing.RandomWeights;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j alone computes from our zip what the engine computes. */
class ModelZipTest {
  private static final int N = 3;
  private static final int CLASSES = 5;
  private static final List<Double> MEAN = List.of(0.5, 0.4, 0.3);
  private static final List<Double> STD = List.of(0.2, 0.25, 0.3);

  @TempDir Path folder;

  static Stream<String> architectures() {
    return CatalogueNetworks.names();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void restoredGraphGivesTheSameProbabilities(String name) throws IOException {
    Blueprint blueprint = CatalogueNetworks.smallest(name, CLASSES);
    Dl4jEngine engine = new Dl4jEngine();
    if (!engine.unsupported(blueprint, Set.of()).isEmpty()) {
      return;
    }
    State weights = RandomWeights.of(blueprint, 1);
    Path file = written("model.zip", blueprint, weights);
    assertThat(Files.mismatch(file, written("again.zip", blueprint, weights))).isNegative();
    Shape shape = blueprint.shape(Blueprint.IMAGES);
    float[] pictures = new float[N * shape.size()];
    Random random = new Random(3);
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = random.nextFloat();
    }
    try (Network network = engine.network(blueprint, 1, 0)) {
      network.restore(weights);
      float[] expected = network.predict(normalised(shape, pictures), new CrossEntropy(CLASSES));
      assertThat(probabilities(file, pictures, shape.batched(N)))
          .containsExactly(expected, within(1e-5f));
    }
  }

  /** What docs/models.md shows. */
  private static float[] probabilities(Path file, float[] pictures, int... shape)
      throws IOException {
    ComputationGraph graph = ModelSerializer.restoreComputationGraph(file.toFile());
    DataNormalization scale = ModelSerializer.restoreNormalizerFromFile(file.toFile());
    INDArray images = Nd4j.createFromArray(pictures).reshape('c', toLong(shape));
    scale.transform(images);
    float[] probabilities = graph.outputSingle(images).dup('c').data().asFloat();
    graph.close();
    return probabilities;
  }

  private static long[] toLong(int... shape) {
    return new long[] {shape[0], shape[1], shape[2], shape[3]};
  }

  private Path written(String name, Blueprint blueprint, State weights) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      new Dl4jEngine().ownForm().orElseThrow().write(blueprint, weights, MEAN, STD, out);
    }
    return file;
  }

  private static Minibatch normalised(Shape shape, float... pictures) {
    int plane = shape.height() * shape.width();
    FloatBuffer values = Batches.floats(pictures.length);
    for (int i = 0; i < pictures.length; i++) {
      int channel = i / plane % shape.channels();
      values.put(i, (float) ((pictures[i] - MEAN.get(channel)) / STD.get(channel)));
    }
    return new Minibatch(
        List.of("a", "b", "c"),
        Map.of(Minibatch.IMAGES, new FloatTensor(values, shape.batched(N))));
  }
}
