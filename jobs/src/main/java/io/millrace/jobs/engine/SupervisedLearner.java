package io.millrace.jobs.engine;

import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.optimiser.UpdateRule;
import io.millrace.jobs.schedule.Hyper;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One network, one optimiser, cross-entropy. Its state is the network's, then {@code
 * optimiser.<buffer>} of shape [weights] (averaged), then {@code optimiser.steps} of shape [1] (a
 * count). It closes the network.
 */
public final class SupervisedLearner implements Learner {
  private static final String PREFIX = "optimiser.";
  private static final String STEPS = PREFIX + "steps";
  // A float counts by ones up to here.
  private static final long LARGEST_COUNT = 1L << 24;

  private final Network network;
  private final UpdateRule rule;
  private final float[] weights;
  private final float[] gradient;

  /**
   * @param network owned from here on
   * @param optimiser makes a rule in its first state
   */
  public SupervisedLearner(Network network, Optimiser optimiser) {
    this.network = network;
    this.rule = optimiser.rule(network.weightCount());
    this.weights = new float[network.weightCount()];
    this.gradient = new float[network.weightCount()];
    network.copyWeights(weights);
  }

  @Override
  public Pass step(Minibatch batch, Hyper hyper) {
    Pass pass = network.lossAndGradient(batch, gradient);
    // A diverged step is not taken: the caller stops, and the weights before it can be looked at.
    if (Double.isFinite(pass.loss())) {
      rule.update(weights, gradient, hyper);
      network.setWeights(weights);
    }
    return pass;
  }

  @Override
  public float[] predict(Minibatch batch) {
    return network.predict(batch);
  }

  @Override
  public State state() {
    List<NamedTensor> tensors = new ArrayList<>(network.state().tensors());
    rule.buffers()
        .forEach(
            (name, values) ->
                tensors.add(
                    new NamedTensor(
                        PREFIX + name, new int[] {values.length}, Role.AVERAGE, values.clone())));
    tensors.add(
        new NamedTensor(STEPS, new int[] {1}, Role.COUNT, new float[] {exactCount(rule.steps())}));
    return new State(List.copyOf(tensors));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if names or shapes do not fit, as when the state is of another
   *     architecture or optimiser; nothing of the optimiser has changed then
   */
  @Override
  public void restore(State state) {
    Map<String, float[]> buffers = rule.buffers();
    List<NamedTensor> all = state.tensors();
    int own = all.size() - buffers.size() - 1;
    if (own < 0) {
      throw new IllegalArgumentException(
          "Cannot restore the optimiser: the state has " + all.size() + " tensors and none of its");
    }
    int at = own;
    for (String name : buffers.keySet()) {
      check(all.get(at++), PREFIX + name, weights.length);
    }
    check(all.get(at), STEPS, 1);
    network.restore(new State(all.subList(0, own)));
    network.copyWeights(weights);
    at = own;
    for (float[] buffer : buffers.values()) {
      System.arraycopy(all.get(at++).values(), 0, buffer, 0, buffer.length);
    }
    rule.resumeAt((long) all.get(at).values()[0]);
  }

  @Override
  public void close() {
    network.close();
  }

  private static void check(NamedTensor tensor, String name, int length) {
    if (!tensor.name().equals(name) || tensor.values().length != length) {
      throw new IllegalArgumentException(
          "Cannot restore %s of %d values: the state has %s of %d there; it is of another architecture or optimiser"
              .formatted(name, length, tensor.name(), tensor.values().length));
    }
  }

  private static float exactCount(long steps) {
    if (steps > LARGEST_COUNT) {
      throw new IllegalStateException(
          "Cannot keep a count of " + steps + " steps: a state counts to " + LARGEST_COUNT);
    }
    return steps;
  }
}
