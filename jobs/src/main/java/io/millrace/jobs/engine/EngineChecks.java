package io.millrace.jobs.engine;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every engine checks before its native code takes it on trust. */
public final class EngineChecks {
  private EngineChecks() {}

  /**
   * Checks a number of threads.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public static void threads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "Cannot compute with " + threads + " threads: give 1 or more");
    }
  }

  /**
   * The inputs of a network, in the blueprint's order.
   *
   * @param given by name; others than the network's are ignored
   * @return at least one
   * @throws IllegalArgumentException if one is missing or of another shape, or if they have
   *     different numbers of examples
   */
  public static Map<String, FloatTensor> inputs(Blueprint blueprint, Map<String, Tensor> given) {
    Map<String, FloatTensor> found = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> input : blueprint.inputs().entrySet()) {
      String name = input.getKey();
      if (!(given.get(name) instanceof FloatTensor floats)) {
        throw new IllegalArgumentException(
            "Cannot find the floats %s among %s".formatted(name, given.keySet()));
      }
      int examples = found.isEmpty() ? floats.shape()[0] : examples(found);
      int[] wanted = input.getValue().batched(examples);
      if (!Arrays.equals(floats.shape(), wanted)) {
        throw new IllegalArgumentException(
            "Cannot take %s of shape %s: the network takes %s"
                .formatted(name, Arrays.toString(floats.shape()), Arrays.toString(wanted)));
      }
      found.put(name, floats);
    }
    return found;
  }

  /** How many examples checked inputs have. */
  public static int examples(Map<String, FloatTensor> inputs) {
    return inputs.values().iterator().next().shape()[0];
  }
}
