package io.millrace.jobs.learner;

import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.loss.Loss;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Clipping;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;
import java.util.List;
import java.util.Map;

/** Steps of one network along the gradient of one loss. It closes the network. */
final class SupervisedLearner implements Learner {
  private final Network network;
  private final Loss loss;
  private final Updater updater;
  private final Clipping clipping;
  private final Layout layout;
  private final State wanted;

  /**
   * @param network owned from here on
   */
  SupervisedLearner(
      Network network,
      Loss loss,
      Optimiser optimiser,
      Map<String, List<String>> groups,
      Clipping clipping) {
    this.network = network;
    this.loss = loss;
    this.updater = network.updater(optimiser, groups);
    this.clipping = clipping;
    this.layout = Layout.of(network.blueprint().tensors()).grouped(groups);
    this.wanted = state().withoutValues();
  }

  @Override
  public Measures step(Minibatch batch, Hyper hyper) {
    Measures found = network.lossAndGradient(batch, loss);
    // A diverged step is not taken: the caller stops, and the weights before it can be looked at.
    if (found.areFinite()) {
      if (!(clipping instanceof Clipping.None)) {
        network.clipGradient(clipping, layout.moving(hyper));
      }
      updater.step(hyper);
    }
    return found;
  }

  @Override
  public Measures measure(Minibatch batch) {
    return loss.measure(network.predict(batch, loss), batch);
  }

  @Override
  public State state() {
    return network.state().and(updater.state().under(Supervised.OPTIMISER));
  }

  @Override
  public void restore(State state) {
    State fitted = state.fitted(wanted, "the learner");
    network.restore(Supervised.network(fitted));
    updater.restore(fitted.only(Supervised.OPTIMISER));
  }

  @Override
  public void close() {
    network.close();
  }
}
