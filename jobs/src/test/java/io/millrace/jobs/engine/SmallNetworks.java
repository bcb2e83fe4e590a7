package io.millrace.jobs.engine;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.architecture.Operation.Add;
import io.millrace.jobs.architecture.Operation.Concat;
import io.millrace.jobs.architecture.Operation.Dense;
import io.millrace.jobs.architecture.Operation.Flatten;
import io.millrace.jobs.architecture.Operation.Relu;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.IntTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Networks of a few weights, and minibatches for them, on which engines are tried. */
final class SmallNetworks {
  /** What they tell apart. */
  static final int CLASSES = 3;

  private SmallNetworks() {}

  /** Two inputs, each through a layer of its own, summed. */
  static Blueprint branched() {
    BlueprintBuilder net = new BlueprintBuilder();
    String left = net.input("left-in", Shape.of(3));
    String right = net.input("right-in", Shape.of(2));
    left = net.dense("left", left, 3, true);
    right = net.dense("right", right, 3, false);
    String sum = net.add("sum", new Add(), left, right);
    String at = net.add("relu", new Relu(), sum);
    return net.build(net.dense("out", at, CLASSES, true));
  }

  /** An operation between an image, or two, and a linear map. */
  static Blueprint around(Operation operation) {
    BlueprintBuilder net = new BlueprintBuilder();
    String image = net.input("image", Shape.of(2, 6, 6));
    String at;
    if (operation instanceof Dense) {
      at = net.add("tried", operation, net.add("flat", new Flatten(), image));
    } else if (operation instanceof Add || operation instanceof Concat) {
      at = net.add("tried", operation, image, net.add("relu", new Relu(), image));
    } else {
      at = net.add("tried", operation, image);
    }
    if (net.shape(at).sides().size() > 1) {
      at = net.add("flattened", new Flatten(), at);
    }
    return net.build(net.dense("out", at, CLASSES, true));
  }

  static Minibatch batch(Blueprint net, int n, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    net.inputs()
        .forEach(
            (name, shape) -> {
              FloatBuffer values = direct(n * shape.size());
              for (int i = 0; i < values.capacity(); i++) {
                values.put(i, (float) random.nextGaussian());
              }
              tensors.put(name, new FloatTensor(values, shape.batched(n)));
            });
    int[] labels = new int[n];
    FloatBuffer targets = direct(n * CLASSES);
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextInt(CLASSES);
      targets.put(i * CLASSES + labels[i], 1);
    }
    tensors.put(Minibatch.TARGETS, new FloatTensor(targets, n, CLASSES));
    tensors.put(Minibatch.LABELS, IntTensor.vector(labels));
    tensors.put(Minibatch.DRAWS, IntTensor.vector(random.ints(n).toArray()));
    return new Minibatch(IntStream.range(0, n).mapToObj(Integer::toString).toList(), tensors);
  }

  static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
