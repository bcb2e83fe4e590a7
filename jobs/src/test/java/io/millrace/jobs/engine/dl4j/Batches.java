package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.IntTensor;
import io.millrace.jobs.tensor.Minibatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Random minibatches that fit a blueprint. */
final class Batches {
  private Batches() {}

  static Minibatch of(Blueprint blueprint, int n, long seed) {
    Random random = new Random(seed);
    int pixels = blueprint.shape(Blueprint.IMAGES).size();
    FloatBuffer images = floats(n * pixels);
    for (int i = 0; i < images.capacity(); i++) {
      images.put(i, (float) random.nextGaussian());
    }
    int[] labels = new int[n];
    FloatBuffer targets = floats(n * classes(blueprint));
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextInt(classes(blueprint));
      targets.put(i * classes(blueprint) + labels[i], 1);
    }
    return new Minibatch(
        IntStream.range(0, n).mapToObj(Integer::toString).toList(),
        Map.of(
            Minibatch.IMAGES,
            new FloatTensor(images, blueprint.shape(Blueprint.IMAGES).batched(n)),
            Minibatch.TARGETS,
            new FloatTensor(targets, n, classes(blueprint)),
            Minibatch.LABELS,
            IntTensor.vector(labels),
            Minibatch.DRAWS,
            IntTensor.vector(random.ints(n).toArray())));
  }

  static FloatBuffer floats(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** How many classes a classifier has. */
  static int classes(Blueprint blueprint) {
    return blueprint.shape(blueprint.output()).size();
  }
}
