package io.millrace.jobs.testing;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Weights and running statistics as after a training: no gain is 0, no statistic is the usual. */
public final class RandomWeights {
  private RandomWeights() {}

  /** Of every tensor of a network. */
  public static State of(Blueprint blueprint, long seed) {
    Random random = new Random(seed);
    List<NamedTensor> tensors = new ArrayList<>();
    for (TensorSpec tensor : blueprint.tensors()) {
      float[] values = tensor.initialValues(seed);
      boolean positive = tensor.name().endsWith("weight") || tensor.name().endsWith("running_var");
      for (int i = 0; i < values.length && tensor.shape().length == 1; i++) {
        values[i] = (positive ? 0.75f : -0.25f) + random.nextFloat() / 2;
      }
      Role role = tensor.trainable() ? Role.TRAINABLE : Role.AVERAGE;
      tensors.add(new NamedTensor(tensor.name(), tensor.shape(), role, values));
    }
    return new State(tensors);
  }
}
