package io.millrace.jobs.extending;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.averaging.Rounds;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.engine.Ability;
import io.millrace.jobs.engine.dl4j.Dl4jEngine;
import io.millrace.jobs.feed.Examples;
import io.millrace.jobs.feed.Minibatches;
import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.learner.LearnerSpec;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.loss.Measure;
import io.millrace.jobs.loss.Measures;
import io.millrace.jobs.optimiser.Hyper;
import io.millrace.jobs.schedule.Constant;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.PlainEngine;
import io.millrace.jobs.testing.Points;
import io.millrace.jobs.testing.States;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code docs/extending/learner.md}, whose examples are a pair of networks and a memory. */
record LearnerGuide(Sources sources) implements Guide {
  private static final String TRAIN = "io.millrace.jobs.train.";
  private static final Hyper HYPER = new Hyper(0.1, 0.9);
  private static final Points POINTS = new Points(50);
  private static final Supervised SGD = PointNetworks.classifier(PointNetworks.SGD);

  @Override
  public String page() {
    return "learner";
  }

  @Override
  public List<Check> steps() {
    return List.of(
        LearnerGuide::spec,
        this::measures,
        LearnerGuide::step,
        this::abilities,
        this::state,
        LearnerGuide::examples,
        LearnerGuide::phases,
        this::training,
        this::tests);
  }

  private static void spec() throws Exception {
    for (String name : List.of("PointGan", "Remembering")) {
      Class<?> type = Class.forName(TRAIN + name);
      assertThat(LearnerSpec.class).isAssignableFrom(type);
      assertThat(type.isRecord()).isTrue();
    }
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(SGD);
    }
    assertThat(SGD.weights()).isEqualTo(2 * 5 + 5 + 5 * 2 + 2);
    assertThat(SGD.multiplyAdds()).isEqualTo(2 * 5 + 5 * 2);
    States.assertSameBits(first(SGD), first(PointNetworks.classifier(PointNetworks.SGD)));
  }

  private void measures() throws Exception {
    assertThat(SGD.measures()).extracting(Measure::name).containsExactly("loss", "accuracy");
    assertThat(SGD.validationMeasures()).isEqualTo(SGD.measures());
    assertThat(sources.text("PointGan"))
        .contains("new Measure(\"critic\"", "new Measure(\"generator\"");
    Measures three = Measures.of(3, "critic", 6).plus(Measures.of(1, "critic", 6));
    assertThat(three.means()).containsEntry("critic", 3.0);
  }

  private static void step() {
    try (Learner learner = SGD.learner()) {
      State before = learner.state();
      Points poisoned = new Points(POINTS.size(), 0);
      assertThat(learner.step(PointNetworks.batch(poisoned), HYPER).areFinite()).isFalse();
      States.assertSameBits(learner.state(), before);
      Minibatch batch = PointNetworks.batch(POINTS);
      Measures measured = learner.measure(batch);
      States.assertSameBits(learner.state(), before);
      assertThat(learner.step(batch, HYPER).sum("accuracy")).isEqualTo(measured.sum("accuracy"));
      assertThat(weight(learner.state())).isNotEqualTo(weight(before));
    }
  }

  private void abilities() throws Exception {
    Set<Ability> all = Set.of(Ability.values());
    assertThat(new Dl4jEngine().unsupported(PointNetworks.network(), all)).hasSameSizeAs(all);
    assertThat(new PlainEngine().unsupported(PointNetworks.network(), all)).isEmpty();
    assertThat(sources.text("SupervisedLearner")).contains("network.lossAndGradient(");
    assertThat(sources.text("PointGan")).contains("judged.backward(").contains("making.backward(");
  }

  private void state() throws Exception {
    assertThat(sources.text("PointGan")).contains(".under(\"critic\")", ".only(\"critic\")");
    assertThat(sources.text("Remembering")).contains("Role.LOCAL");
    try (Learner learner = SGD.learner();
        Learner other = SGD.learner()) {
      learner.step(PointNetworks.batch(POINTS), HYPER);
      other.restore(learner.state());
      learner.step(PointNetworks.batch(POINTS), HYPER);
      other.step(PointNetworks.batch(POINTS), HYPER);
      States.assertSameBits(other.state(), learner.state());
      assertThat(learner.state().tensors())
          .extracting(NamedTensor::role)
          .contains(Role.TRAINABLE, Role.AVERAGE, Role.COUNT);
      assertThat(learner.state().only("optimiser").tensors())
          .extracting(NamedTensor::name)
          .containsExactly("momentum", "steps");
    }
  }

  private static void examples() {
    Examples examples = POINTS;
    int seen = 0;
    try (Minibatches batches = examples.training(0, 10, 25, PointNetworks.BATCH)) {
      while (batches.hasNext()) {
        Minibatch batch = batches.next();
        assertThat(batch.tensors().keySet()).containsAll(SGD.blueprint().inputs().keySet());
        seen += batch.size();
      }
    }
    assertThat(seen).isEqualTo(15);
  }

  private static void phases() {
    LearnerSpec adam = PointNetworks.classifier(PointNetworks.ADAM);
    State before = first(SGD);
    State after = adam.carriedOver(SGD, before);
    assertThat(weight(after)).isEqualTo(weight(before));
    assertThat(after.only("optimiser").tensors())
        .extracting(NamedTensor::name)
        .containsExactly("exp_avg", "exp_avg_sq", "steps");
    States.assertSameBits(SGD.carriedOver(SGD, before), before);
  }

  private void training() throws Exception {
    Rounds rounds = new Rounds(POINTS.size(), 2, PointNetworks.BATCH, 2);
    TrainingPhase phase = new TrainingPhase(2, POINTS, rounds, new Points(0), SGD);
    TrainingPlan plan = new TrainingPlan(List.of(phase), new Constant(2, 0.1, 0.9));
    assertThat(plan.workers()).isEqualTo(2);
    assertThat(plan.rounds()).isEqualTo(2 * rounds.perEpoch());
    assertThat(Stream.of(Class.forName(TRAIN + "TrainingRun").getDeclaredMethods()))
        .extracting(Method::getName)
        .contains("begin", "toEnd");
    assertThat(sources.text("TrainJob")).contains("TrainingRun.begin(", ".toEnd()");
  }

  private void tests() throws Exception {
    assertThat(sources.text("AnyLearnerTest"))
        .contains("new PointGan(", "new Remembering(", "PointTrainings.resumed(");
    assertThat(sources.text("PointTrainings")).contains("PlainEngine.NAME");
  }

  private static State first(LearnerSpec spec) {
    try (Learner learner = spec.learner()) {
      return learner.state();
    }
  }

  private static float[] weight(State state) {
    return state.tensor("out.weight").orElseThrow().values();
  }
}
