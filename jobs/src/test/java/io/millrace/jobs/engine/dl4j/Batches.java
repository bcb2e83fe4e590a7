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
    int pixels = blueprint.channels() * blueprint.height() * blueprint.width();
    FloatBuffer images = floats(n * pixels);
    for (int i = 0; i < images.capacity(); i++) {
      images.put(i, (float) random.nextGaussian());
    }
    int[] labels = new int[n];
    FloatBuffer targets = floats(n * blueprint.classes());
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextInt(blueprint.classes());
      targets.put(i * blueprint.classes() + labels[i], 1);
    }
    return new Minibatch(
        IntStream.range(0, n).mapToObj(Integer::toString).toList(),
        Map.of(
            Minibatch.IMAGES,
            new FloatTensor(images, n, blueprint.channels(), blueprint.height(), blueprint.width()),
            Minibatch.TARGETS,
            new FloatTensor(targets, n, blueprint.classes()),
            Minibatch.LABELS,
            IntTensor.vector(labels)));
  }

  static FloatBuffer floats(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
