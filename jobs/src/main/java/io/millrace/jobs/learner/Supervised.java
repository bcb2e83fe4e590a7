package io.millrace.jobs.learner;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Precision;
import io.millrace.jobs.loss.Loss;
import io.millrace.jobs.loss.Measure;
import io.millrace.jobs.optimiser.Clipping;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One network, one loss, one optimiser. Its state is the network's, then the optimiser's under
 * {@code optimiser}.
 *
 * @param engine its name
 * @param blueprint of the network
 * @param loss of its one output
 * @param optimiser of its weights
 * @param groups layers with learning rates of their own: prefixes of tensors' names by group
 * @param threads native threads
 * @param seed of the initial weights
 * @param precision of the passes, not {@code AUTO}: all workers compute in the same
 * @param clipping of the gradient before each step
 */
public record Supervised(
    String engine,
    Blueprint blueprint,
    Loss loss,
    Optimiser optimiser,
    Map<String, List<String>> groups,
    int threads,
    long seed,
    Precision precision,
    Clipping clipping)
    implements LearnerSpec {
  static final String OPTIMISER = "optimiser";

  /** Copies the map. */
  public Supervised {
    groups = Map.copyOf(groups);
  }

  /** Without groups and clipping, in single precision. */
  public Supervised(
      String engine, Blueprint blueprint, Loss loss, Optimiser optimiser, int threads, long seed) {
    this(
        engine,
        blueprint,
        loss,
        optimiser,
        Map.of(),
        threads,
        seed,
        Precision.FP32,
        new Clipping.None());
  }

  /** The same in another precision. */
  public Supervised in(Precision other) {
    return new Supervised(
        engine, blueprint, loss, optimiser, groups, threads, seed, other, clipping);
  }

  /** The same with groups of layers. */
  public Supervised grouped(Map<String, List<String>> others) {
    return new Supervised(
        engine, blueprint, loss, optimiser, others, threads, seed, precision, clipping);
  }

  /** The same with gradients clipped. */
  public Supervised with(Clipping other) {
    return new Supervised(
        engine, blueprint, loss, optimiser, groups, threads, seed, precision, other);
  }

  /** The network's part of a state: weights and running statistics. */
  public static State network(State state) {
    return state.without(OPTIMISER);
  }

  @Override
  public Learner learner() {
    return new SupervisedLearner(
        Engines.named(engine).network(blueprint, threads, seed, precision),
        loss,
        optimiser,
        groups,
        clipping);
  }

  @Override
  public List<Measure> measures() {
    return loss.measures();
  }

  @Override
  public Set<String> groupNames() {
    return groups.keySet();
  }

  @Override
  public long weights() {
    return blueprint.weightCount();
  }

  @Override
  public long stateBytes() {
    long values = blueprint.tensors().stream().mapToLong(TensorSpec::size).sum();
    return (values + optimiser.remembered() * weights()) * Float.BYTES;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The backward pass needs the outputs of the forward pass, and a gradient beside the weights.
   * Operations without multiply-adds are not counted: an engine may compute them in place.
   */
  @Override
  public long passBytes(int examples) {
    long made =
        blueprint.nodes().stream()
            .filter(node -> node.operation().multiplyAdds(node.shape()) > 0)
            .mapToLong(node -> node.shape().size())
            .sum();
    return (examples * made + 2 * weights()) * Float.BYTES;
  }

  @Override
  public long multiplyAdds() {
    return blueprint.multiplyAdds();
  }

  @Override
  public String device() {
    return Engines.named(engine).device();
  }

  @Override
  public Map<String, String> description() {
    Map<String, String> description = new LinkedHashMap<>(Engines.named(engine).description());
    description.put("precision", precision.text());
    return description;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Another optimiser, or one with other groups, begins in its first state, as a new one does in
   * PyTorch.
   */
  @Override
  public State carriedOver(LearnerSpec before, State state) {
    if (before instanceof Supervised other
        && other.optimiser.equals(optimiser)
        && other.groups.equals(groups)) {
      return state;
    }
    State fresh = optimiser.rule(Layout.of(blueprint.tensors()).grouped(groups)).state();
    return network(state).and(fresh.under(OPTIMISER));
  }
}
