package io.millrace.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.engine.Network.Mode;
import io.millrace.jobs.engine.Network.Pass;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;
import java.util.Map;

/**
 * Holds the gradients of an engine against finite differences of the loss.
 *
 * @param error of a difference, at most
 */
record FiniteDifferences(Engine engine, CrossEntropy loss, double error) {
  /** Of some values of each tensor. */
  void assertGradient(Blueprint net, Minibatch batch) {
    try (Network network = engine.network(net, 1, 7)) {
      State state = network.state();
      network.zeroGradient();
      lossAndGradient(network, batch);
      float[] gradient = network.gradient();
      int at = 0;
      for (TensorSpec tensor : net.tensors()) {
        if (!tensor.trainable()) {
          continue;
        }
        for (int i = 0; i < tensor.size(); i += 1 + tensor.size() / 3) {
          double expected = slope(network, state, tensor.name(), i, batch);
          assertThat((double) gradient[at + i])
              .as("%s[%d]", tensor.name(), i)
              .isCloseTo(expected, within(error));
        }
        at += tensor.size();
      }
    }
  }

  private double slope(Network network, State state, String name, int index, Minibatch batch) {
    double step = 1.0 / 128;
    return (loss(network, moved(state, name, index, step), batch)
            - loss(network, moved(state, name, index, -step), batch))
        / (2 * step);
  }

  private double loss(Network network, State state, Minibatch batch) {
    network.restore(state);
    try (Pass pass = network.forward(batch.tensors(), Mode.TRAINING)) {
      String output = network.blueprint().output();
      return loss.slope(pass.output(output), batch).measures().sum(CrossEntropy.LOSS)
          / batch.size();
    }
  }

  private static State moved(State state, String name, int index, double step) {
    return new State(
        state.tensors().stream()
            .map(
                tensor -> {
                  float[] values = tensor.values().clone();
                  if (tensor.name().equals(name)) {
                    values[index] += (float) step;
                  }
                  return new NamedTensor(tensor.name(), tensor.shape(), tensor.role(), values);
                })
            .toList());
  }

  private void lossAndGradient(Network network, Minibatch batch) {
    try (Pass pass = network.forward(batch.tensors(), Mode.TRAINING)) {
      String output = network.blueprint().output();
      pass.backward(Map.of(output, loss.slope(pass.output(output), batch).gradient()));
    }
  }
}
