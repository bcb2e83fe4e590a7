package io.millrace.jobs.extending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.engine.Ability;
import io.millrace.jobs.engine.Engine;
import io.millrace.jobs.engine.Engines;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.engine.Network.Mode;
import io.millrace.jobs.engine.Network.Pass;
import io.millrace.jobs.engine.Updater;
import io.millrace.jobs.engine.dl4j.Dl4jEngine;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.optimiser.Layout;
import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.PlainEngine;
import io.millrace.jobs.testing.Points;
import io.millrace.jobs.testing.States;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code docs/extending/engine.md}, whose example is {@link PlainEngine}. */
record EngineGuide(Sources sources) implements Guide {
  private static final Path ROOMS =
      Sources.ROOT.resolve("jobs/src/test/resources/io/millrace/jobs/rooms.txt");
  private static final CrossEntropy LOSS = new CrossEntropy(PointNetworks.CLASSES);

  @Override
  public String page() {
    return "engine";
  }

  @Override
  public List<Check> steps() {
    return List.of(
        this::room,
        EngineGuide::engine,
        EngineGuide::unsupported,
        EngineGuide::passes,
        EngineGuide::optimisers,
        EngineGuide::state,
        EngineGuide::service,
        this::contract);
  }

  private void room() throws Exception {
    assertThat(Files.readAllLines(ROOMS))
        .anyMatch(line -> line.startsWith("jobs.engine.dl4j: "))
        .contains("library org.deeplearning4j: jobs.engine.dl4j");
    assertThat(sources.text("RoomsTest")).contains("ENGINE_LIBRARIES", "\"org.deeplearning4j\"");
  }

  private static void engine() throws Exception {
    for (Class<? extends Engine> type : List.of(PlainEngine.class, Dl4jEngine.class)) {
      Engine engine = type.getConstructor().newInstance();
      assertThat(engine.name()).matches("[a-z0-9-]+");
      assertThat(engine.device()).isNotEmpty();
    }
    assertThat(new PlainEngine().description()).containsKey("device");
    try (Network network = network()) {
      assertThat(network.blueprint()).isEqualTo(PointNetworks.network());
    }
  }

  private static void unsupported() {
    Engine engine = new PlainEngine();
    List<String> sentences = engine.unsupported(PointNetworks.convolution(), Set.of());
    assertThat(sentences)
        .hasSize(1)
        .allMatch(it -> it.startsWith(engine.name() + " "))
        .allMatch(it -> it.contains("(conv); take "));
    assertThatThrownBy(() -> engine.network(PointNetworks.convolution(), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentences.get(0));
    assertThat(engine.unsupported(PointNetworks.network(), Set.of(Ability.values()))).isEmpty();
  }

  private static void passes() {
    Minibatch batch = batch();
    try (Network network = network()) {
      assertThat(network.lossAndGradient(batch, LOSS).areFinite()).isTrue();
      float[] fused = network.gradient();
      network.zeroGradient();
      assertThat(network.gradient()).containsOnly(0);
      try (Pass pass = network.forward(batch.tensors(), Mode.TRAINING)) {
        DoubleTensor output = pass.output("out");
        assertThat(output.shape()).containsExactly(batch.size(), PointNetworks.CLASSES);
        assertThat(pass.backward(Map.of("out", LOSS.slope(output, batch).gradient())))
            .containsOnlyKeys(Points.INPUT);
      }
      assertThat(network.gradient()).isEqualTo(fused);
      assertThat(network.predict(batch, LOSS)).hasSize(batch.size() * PointNetworks.CLASSES);
    }
  }

  private static void optimisers() {
    try (Network network = network()) {
      Updater updater = network.updater(PointNetworks.ADAM, Map.of());
      Layout layout = Layout.of(network.blueprint().tensors());
      States.assertSameBits(updater.state(), PointNetworks.ADAM.rule(layout).state());
      State before = network.state();
      network.lossAndGradient(batch(), LOSS);
      updater.step(new Hyper(0.1, 0.9));
      assertThat(values(network.state(), "out.weight")).isNotEqualTo(values(before, "out.weight"));
    }
  }

  private static float[] values(State state, String name) {
    return state.tensor(name).orElseThrow().values();
  }

  private static void state() {
    try (Network network = network();
        Network other = new PlainEngine().network(PointNetworks.network(), 1, 99)) {
      assertThat(network.state().tensors())
          .extracting(NamedTensor::name)
          .containsExactly("hidden.weight", "hidden.bias", "out.weight", "out.bias");
      other.restore(network.state());
      States.assertSameBits(other.state(), network.state());
      assertThatThrownBy(() -> network.restore(network.state().without("out")))
          .hasMessage(
              "Cannot restore the network: out.weight [2, 5] is missing; out.bias [2] is missing");
    }
  }

  private static void service() throws Exception {
    ChoiceRules.assertServes(Engine.class, Dl4jEngine.class);
    assertThat(Engines.named(PlainEngine.NAME)).isInstanceOf(PlainEngine.class);
    assertThat(Engines.refusal("no-such-engine")).isPresent();
  }

  private void contract() throws Exception {
    for (String test : List.of("PlainEngineTest", "Dl4jEngineTest")) {
      assertThat(sources.text(test)).contains("extends EngineContract");
    }
  }

  private static Network network() {
    return new PlainEngine().network(PointNetworks.network(), 1, 1);
  }

  private static Minibatch batch() {
    return PointNetworks.batch(new Points(50));
  }
}
