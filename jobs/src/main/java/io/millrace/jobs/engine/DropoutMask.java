package io.millrace.jobs.engine;

import io.millrace.jobs.architecture.Node;
import io.millrace.jobs.architecture.Operation;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.IntTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * The factors of a dropout. They are made here and not by an engine's own generator, so that all
 * engines and any number of workers leave out the same values, also after a resume.
 */
public final class DropoutMask {
  private DropoutMask() {}

  /**
   * The factors of a minibatch in training: 0 or {@code 1 / (1 - rate)}.
   *
   * @param given the minibatch's tensors, with {@link Minibatch#DRAWS}
   * @return {@code [N, ...]}, the shape of the node
   * @throws IllegalArgumentException if there are no draws, or not one for each example
   */
  public static FloatTensor of(Node node, Map<String, Tensor> given, int examples) {
    if (!(given.get(Minibatch.DRAWS) instanceof IntTensor draws)) {
      throw new IllegalArgumentException(
          "Cannot drop values in %s: the minibatch has no %s, only %s"
              .formatted(node.name(), Minibatch.DRAWS, given.keySet()));
    }
    if (draws.values().limit() != examples) {
      throw new IllegalArgumentException(
          "Cannot drop values in %s: there are %d draws for %d examples"
              .formatted(node.name(), draws.values().limit(), examples));
    }
    double rate = ((Operation.Dropout) node.operation()).rate();
    float kept = (float) (1 / (1 - rate));
    long place = Bits.idHash(node.name());
    int size = node.shape().size();
    FloatBuffer factors = direct(Math.multiplyExact(examples, size));
    for (int n = 0; n < examples; n++) {
      long example = Bits.absorb(place, draws.at(n));
      for (int i = 0; i < size; i++) {
        factors.put(n * size + i, Bits.unit(Bits.absorb(example, i)) < rate ? 0 : kept);
      }
    }
    return new FloatTensor(factors, node.shape().batched(examples));
  }

  /** The factors in prediction: 1 everywhere. */
  public static FloatTensor none(Node node, int examples) {
    FloatBuffer factors = direct(Math.multiplyExact(examples, node.shape().size()));
    for (int i = 0; i < factors.limit(); i++) {
      factors.put(i, 1);
    }
    return new FloatTensor(factors, node.shape().batched(examples));
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
