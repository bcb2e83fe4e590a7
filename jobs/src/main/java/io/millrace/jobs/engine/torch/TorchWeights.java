package io.millrace.jobs.engine.torch;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The weights of a network, their gradient and its running statistics, as libtorch holds them:
 * weights and gradient are one flat tensor each in canonical order, of which the parameters and
 * their gradients are views.
 */
final class TorchWeights implements AutoCloseable {
  private final List<TensorSpec> specs;
  private final int count;
  private final TorchSettings settings;
  private final List<Tensor> buffers = new ArrayList<>();
  private final Tensor weights;
  private final Tensor gradient;
  private final Map<String, Tensor> tensors = new HashMap<>();
  private boolean gradientOverflowed;

  /**
   * @param seed of the initial weights
   * @param settings of all tensors
   */
  TorchWeights(Blueprint blueprint, long seed, TorchSettings settings) {
    this.specs = blueprint.tensors();
    this.count = blueprint.weightCount();
    this.settings = settings;
    this.weights = buffer();
    this.gradient = buffer();
    NativeScope.run(
        () -> {
          long offset = 0;
          for (TensorSpec spec : specs) {
            tensors.put(spec.name(), tensor(spec, offset).retainReference());
            offset += spec.trainable() ? spec.size() : 0;
          }
          specs.forEach(spec -> TorchArrays.write(spec.initialValues(seed), values(spec)));
        });
  }

  private Tensor tensor(TensorSpec spec, long offset) {
    long[] shape = Arrays.stream(spec.shape()).asLongStream().toArray();
    if (!spec.trainable()) {
      return settings.zeros(shape);
    }
    Tensor parameter = weights.narrow(0, offset, spec.size()).view(shape).detach();
    parameter.requires_grad_(true);
    parameter.mutable_grad().put(gradient.narrow(0, offset, spec.size()).view(shape));
    return parameter;
  }

  /** A new flat tensor of zeros, as long as the weights, that is freed with them. */
  Tensor buffer() {
    Tensor buffer = NativeScope.within(() -> settings.zeros(count).retainReference());
    buffers.add(buffer);
    return buffer;
  }

  /** A parameter or a running statistic, by its canonical name. */
  Tensor tensor(String name) {
    return tensors.get(name);
  }

  /** How many trainable weights there are. */
  int count() {
    return count;
  }

  /** The trainable weights themselves, not a copy: {@code [count]} in canonical order. */
  Tensor values() {
    return weights;
  }

  /** The gradient itself, not a copy: {@code [count]} in canonical order. */
  Tensor gradient() {
    return gradient;
  }

  void zeroGradient() {
    gradientOverflowed = false;
    NativeScope.run(() -> gradient.zero_());
  }

  /** Whether the gradient is of no use, since half precision could not hold it. */
  boolean gradientOverflowed() {
    return gradientOverflowed;
  }

  void markOverflow() {
    gradientOverflowed = true;
  }

  /** Copies the gradient in canonical order. */
  void readGradient(float[] values) {
    NativeScope.run(() -> TorchArrays.read(gradient, values));
  }

  State state() {
    List<NamedTensor> all = new ArrayList<>();
    for (TensorSpec spec : specs) {
      float[] values = new float[spec.size()];
      NativeScope.run(() -> TorchArrays.read(tensor(spec.name()), values));
      all.add(named(spec, values));
    }
    return new State(all);
  }

  void restore(State state) {
    List<NamedTensor> wanted = new ArrayList<>();
    specs.forEach(spec -> wanted.add(named(spec, new float[spec.size()])));
    State fitted = state.fitted(new State(wanted), "the network");
    NativeScope.run(
        () -> {
          for (int i = 0; i < specs.size(); i++) {
            TorchArrays.write(fitted.tensors().get(i).values(), values(specs.get(i)));
          }
        });
  }

  /** Without its part in differentiation, which forbids writing. */
  private Tensor values(TensorSpec spec) {
    return tensor(spec.name()).detach();
  }

  private static NamedTensor named(TensorSpec spec, float[] values) {
    Role role = spec.trainable() ? Role.TRAINABLE : Role.AVERAGE;
    return new NamedTensor(spec.name(), spec.shape().clone(), role, values);
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::releaseReference);
    buffers.forEach(Tensor::releaseReference);
  }
}
