package io.millrace.jobs.train;

import io.millrace.jobs.architecture.Blueprint;
import io.millrace.jobs.architecture.BlueprintBuilder;
import io.millrace.jobs.architecture.Operation.Relu;
import io.millrace.jobs.architecture.Shape;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Network.Mode;
import io.millrace.jobs.engine.Network.Pass;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.learner.LearnerSpec;
import io.millrace.jobs.loss.Measure;
import io.millrace.jobs.loss.Measure.Unit;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.PlainEngine;
import io.millrace.jobs.testing.Points;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Two networks on points of a plane: a critic (Arjovsky et al. 2017, unclipped) and a generator.
 */
record PointGan(long seed) implements LearnerSpec {
  private static final String NOISE = "noise";

  @Override
  public Learner learner() {
    return new Pair(
        new PlainEngine().network(network(NOISE, 2), 1, seed),
        new PlainEngine().network(network(Points.INPUT, 1), 1, seed + 1));
  }

  private static Blueprint network(String input, int out) {
    BlueprintBuilder net = new BlueprintBuilder();
    String at = net.input(input, Shape.of(2));
    at = net.dense("hidden", at, 6, true);
    at = net.add("relu", new Relu(), at);
    return net.build(net.dense("out", at, out, true));
  }

  @Override
  public List<Measure> measures() {
    return List.of(new Measure("critic", Unit.NUMBER), new Measure("generator", Unit.NUMBER));
  }

  @Override
  public long weights() {
    return (long) network(NOISE, 2).weightCount() + network(Points.INPUT, 1).weightCount();
  }

  @Override
  public long multiplyAdds() {
    return network(NOISE, 2).multiplyAdds() + network(Points.INPUT, 1).multiplyAdds();
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public Map<String, String> description() {
    return new PlainEngine().description();
  }

  @Override
  public State carriedOver(LearnerSpec before, State state) {
    return state;
  }

  private static final class Pair implements Learner {
    private final Network generator;
    private final Network critic;
    private final Updater generatorsUpdater;
    private final Updater criticsUpdater;

    Pair(Network generator, Network critic) {
      this.generator = generator;
      this.critic = critic;
      Optimiser sgd = new Optimiser.Sgd(0.01, false);
      this.generatorsUpdater = generator.updater(sgd, Map.of());
      this.criticsUpdater = critic.updater(sgd, Map.of());
    }

    @Override
    public Measures step(Minibatch batch, Hyper hyper) {
      int n = batch.size();
      Pass making = generator.forward(Map.of(NOISE, noise(batch)), Mode.TRAINING);
      FloatTensor made = floats(making.output("out"));
      critic.zeroGradient();
      // Both passes of one network are open at once.
      Pass real = critic.forward(batch.tensors(), Mode.TRAINING);
      Pass fake = critic.forward(Map.of(Points.INPUT, made), Mode.TRAINING);
      double distance = sum(real) - sum(fake);
      real.backward(Map.of("out", all(n, -1.0 / n)));
      fake.backward(Map.of("out", all(n, 1.0 / n)));
      criticsUpdater.step(hyper);
      critic.zeroGradient();
      generator.zeroGradient();
      Pass judged = critic.forward(Map.of(Points.INPUT, made), Mode.TRAINING);
      double loss = -sum(judged);
      DoubleTensor slope = judged.backward(Map.of("out", all(n, -1.0 / n))).get(Points.INPUT);
      making.backward(Map.of("out", slope));
      generatorsUpdater.step(hyper);
      return Measures.of(n, "critic", distance).with("generator", loss);
    }

    @Override
    public Measures measure(Minibatch batch) {
      return Measures.of(
          batch.size(), "critic", sum(critic.forward(batch.tensors(), Mode.PREDICTION)));
    }

    private static FloatTensor noise(Minibatch batch) {
      float[] values = new float[2 * batch.size()];
      for (int i = 0; i < values.length; i++) {
        long id = Bits.idHash(batch.ids().get(i / 2));
        values[i] = (float) (2 * Bits.unit(Bits.absorb(id, i % 2)) - 1);
      }
      return new FloatTensor(FloatBuffer.wrap(values), batch.size(), 2);
    }

    private static FloatTensor floats(DoubleTensor tensor) {
      float[] values = new float[tensor.values().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) tensor.values()[i];
      }
      return new FloatTensor(FloatBuffer.wrap(values), tensor.shape());
    }

    private static double sum(Pass pass) {
      return Arrays.stream(pass.output("out").values()).sum();
    }

    private static DoubleTensor all(int n, double value) {
      double[] values = new double[n];
      Arrays.fill(values, value);
      return new DoubleTensor(values, n, 1);
    }

    @Override
    public State state() {
      return generator
          .state()
          .under("generator")
          .and(critic.state().under("critic"))
          .and(generatorsUpdater.state().under("generator-optimiser"))
          .and(criticsUpdater.state().under("critic-optimiser"));
    }

    @Override
    public void restore(State state) {
      generator.restore(state.only("generator"));
      critic.restore(state.only("critic"));
      generatorsUpdater.restore(state.only("generator-optimiser"));
      criticsUpdater.restore(state.only("critic-optimiser"));
    }

    @Override
    public void close() {
      generator.close();
      critic.close();
    }
  }
}
