package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.augment.TransformRows;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.averaging.TrainingState;
import io.millrace.jobs.files.Json;
import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.learner.LearnerSpec;
import io.millrace.jobs.learner.Supervised;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.record.FirstMinibatch;
import io.millrace.jobs.record.TrainingCard;
import io.millrace.jobs.record.TrainingFacts;
import io.millrace.jobs.record.TrainingSoFar;
import io.millrace.jobs.schedule.Constant;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.Cards;
import io.millrace.jobs.testing.Points;
import io.millrace.jobs.testing.States;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.job.JobContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TrainingRun does for every learner, shown without natives. */
class AnyLearnerTest {
  @TempDir static Path folder;
  private static JavaSparkContext spark;

  @BeforeAll
  static void open() {
    spark = Sparks.local(2);
  }

  @AfterAll
  static void close() {
    spark.close();
  }

  @Test
  void pairOfNetworksTrainsAndResumesBitForBit() throws Exception {
    TrainingPlan plan = PointTrainings.plan(PointTrainings.phase(3, new PointGan(1), 2));
    Checkpoint whole = run(plan, "gan");
    assertThat(whole.rounds()).isEqualTo(plan.rounds());
    State end = whole.state().shared();
    State start = first(new PointGan(1));
    assertThat(end.only("generator").tensor("out.weight").orElseThrow().values())
        .isNotEqualTo(start.only("generator").tensor("out.weight").orElseThrow().values());
    assertThat(end.only("critic").tensors()).hasSize(4);
    Checkpoint resumed =
        PointTrainings.resumed(spark, plan, folder.resolve("gan"), folder.resolve("gan2"), 5);
    States.assertSameBits(resumed.state().flat(), whole.state().flat());
    assertThat(resumed.record().rounds())
        .allSatisfy(round -> assertThat(round.measures()).containsOnlyKeys("critic", "generator"))
        .hasSize(plan.rounds());
  }

  @Test
  void showsMeasuresInRecordTerminalAndReport() throws Exception {
    TrainingPlan plan = PointTrainings.plan(PointTrainings.phase(2, new PointGan(1), 2));
    Notes notes = new Notes();
    Checkpoint end = PointTrainings.run(spark, plan, folder.resolve("told"), notes);
    assertThat(notes.said).isNotEmpty().allMatch(it -> it.matches("critic .*, generator .*"));
    assertThat(Json.fields(end.record().rounds().get(0))).containsKeys("critic", "generator");
    TrainingFacts facts = TrainingFacts.of(plan, null, null, Map.of());
    Card card =
        new TrainingCard(
                new TrainingSoFar(
                    Optional.of(facts),
                    end.record(),
                    FirstMinibatch.NONE,
                    TransformRows.NONE,
                    Optional.empty()))
            .card();
    assertThat(Cards.all(card, Block.Lines.class))
        .extracting(Block.Lines::title)
        .startsWith("Critic", "Generator")
        .doesNotContain("Loss", "Accuracy");
    assertThat(Cards.all(card, Block.Lines.class))
        .filteredOn(lines -> lines.title().equals("Throughput"))
        .allSatisfy(lines -> assertThat(lines.y()).isEqualTo("points/s"))
        .hasSize(1);
  }

  @Test
  void returnsLocalStateToItsWorkerWithoutAveraging() throws Exception {
    Remembering spec = new Remembering(PointTrainings.classifier(PointTrainings.SGD, Map.of()));
    TrainingPlan plan = PointTrainings.plan(PointTrainings.phase(2, spec, 3));
    TrainingState end = run(plan, "local").state();
    assertThat(end.shared().tensors()).noneMatch(it -> it.role() == Role.LOCAL);
    List<Float> memories =
        end.local().stream()
            .map(state -> state.tensor(Remembering.MEMORY).orElseThrow().values()[0])
            .toList();
    // The sums of the workers' own losses, minibatch by minibatch: all different, and none 0.
    assertThat(memories).hasSize(3).doesNotHaveDuplicates().allMatch(it -> it > 1);
    for (int rounds = 1; rounds < plan.rounds(); rounds += 4) {
      Path other = folder.resolve("local" + rounds);
      Checkpoint resumed =
          PointTrainings.resumed(spark, plan, folder.resolve("local"), other, rounds);
      States.assertSameBits(resumed.state().flat(), end.flat());
    }
  }

  @Test
  void eachPhaseCanHaveItsOwnOptimiser() throws Exception {
    Optimiser adam = new Optimiser.Adam(0.999, 1e-8, 0, false);
    TrainingPlan plan =
        PointTrainings.plan(
            PointTrainings.phase(1, PointTrainings.classifier(PointTrainings.SGD, Map.of()), 2),
            PointTrainings.phase(1, PointTrainings.classifier(adam, Map.of()), 2));
    int before = plan.phases().get(0).roundsInAll();
    Checkpoint whole = run(plan, "optimisers");
    assertThat(whole.state().shared().only("optimiser").tensors())
        .extracting(NamedTensor::name)
        .containsExactly("exp_avg", "exp_avg_sq", "steps");
    // It counts its own steps: 13 minibatches of the longer part.
    assertThat(whole.state().shared().tensor("optimiser.steps").orElseThrow().values())
        .containsExactly(7);
    for (int rounds : new int[] {before - 1, before, before + 1}) {
      Path other = folder.resolve("optimisers" + rounds);
      Checkpoint resumed =
          PointTrainings.resumed(spark, plan, folder.resolve("optimisers"), other, rounds);
      States.assertSameBits(resumed.state().flat(), whole.state().flat());
    }
  }

  @Test
  void layersWithRateZeroKeepTheirWeights() throws Exception {
    Supervised spec =
        PointTrainings.classifier(PointTrainings.SGD, Map.of("body", List.of("hidden")));
    TrainingPlan plan =
        PointTrainings.plan(PointTrainings.phase(2, spec, 2, new Points(50), Map.of("body", 0.0)));
    State start = first(spec);
    State end = run(plan, "frozen").state().shared();
    for (String frozen : List.of("hidden.weight", "hidden.bias")) {
      assertThat(end.tensor(frozen).orElseThrow().values())
          .isEqualTo(start.tensor(frozen).orElseThrow().values());
    }
    assertThat(end.tensor("out.weight").orElseThrow().values())
        .isNotEqualTo(start.tensor("out.weight").orElseThrow().values());
  }

  @Test
  void countsStepsOfGroupsAcrossPhases() throws Exception {
    Optimiser adam = new Optimiser.Adam(0.999, 1e-8, 0, false);
    Map<String, List<String>> body = Map.of("body", List.of("hidden"));
    Map<String, Double> still = Map.of("body", 0.0);
    Points points = new Points(50);
    TrainingPlan plan =
        PointTrainings.plan(
            PointTrainings.phase(1, PointTrainings.classifier(PointTrainings.SGD, Map.of()), 2),
            PointTrainings.phase(
                1, PointTrainings.classifier(PointTrainings.SGD, body), 2, points, still),
            PointTrainings.phase(1, PointTrainings.classifier(adam, body), 2));
    State end = run(plan, "groups").state().shared().only("optimiser");
    assertThat(end.tensor("steps.body").orElseThrow().values()).containsExactly(7);
    assertThat(end.tensor("steps").orElseThrow().values()).containsExactly(7);
  }

  @Test
  void stopsOnNanLossAndNamesWorkerRoundAndCheckpoint() {
    Supervised spec = PointTrainings.classifier(PointTrainings.SGD, Map.of());
    // Three workers of 100 positions each; in round 5 the first takes 32 to 40.
    Points points = new Points(300, 33);
    TrainingPlan plan = PointTrainings.plan(PointTrainings.phase(1, spec, 3, points, Map.of()));
    Path where = folder.resolve("diverged");
    assertThatThrownBy(() -> PointTrainings.run(spark, plan, where, JobContext.silent()))
        .isInstanceOf(CannotException.class)
        .hasMessageMatching(
            "Cannot train: the loss became NaN in worker 1 of 3 in round 5 \\(epoch 1\\) at"
                + " learning rate 0\\.\\d+; the last good checkpoint is"
                + " .*/diverged/checkpoints/round-000000004\\.safetensors; lower schedule\\.lr");
  }

  @Test
  void stopsOnOverflowOfWeights() {
    Supervised spec = PointTrainings.classifier(PointTrainings.SGD, Map.of());
    TrainingPlan plan =
        new TrainingPlan(List.of(PointTrainings.phase(2, spec, 2)), new Constant(2, 1e38, 0.9));
    Path where = folder.resolve("overflow");
    assertThatThrownBy(() -> PointTrainings.run(spark, plan, where, JobContext.silent()))
        .isInstanceOf(CannotException.class)
        .hasMessageMatching(
            "Cannot train: the ([\\w.]+ became (NaN|infinite)|loss became (NaN|infinite) in worker"
                + " .*) in round 1 \\(epoch 1\\) at learning rate 1\\.000e\\+38; there is no"
                + " checkpoint yet; lower schedule\\.lr");
  }

  @Test
  void trainingCanEndInTheMiddleOfAnEpoch() throws Exception {
    Supervised spec = PointTrainings.classifier(PointTrainings.SGD, Map.of());
    TrainingPlan plan = PointTrainings.plan(PointTrainings.phase(1.5, spec, 2));
    Checkpoint whole = run(plan, "half");
    // 25 positions a worker: 7 minibatches an epoch in 4 rounds; then half of 7, rounded, in 2.
    assertThat(whole.record().rounds())
        .extracting(round -> round.epoch() + ":" + round.examples())
        .containsExactly("1:16", "1:16", "1:16", "1:2", "2:16", "2:16");
    assertThat(plan.examples()).isEqualTo(82);
    assertThat(whole.record().epochs()).hasSize(2);
    Checkpoint resumed =
        PointTrainings.resumed(spark, plan, folder.resolve("half"), folder.resolve("half5"), 5);
    States.assertSameBits(resumed.state().flat(), whole.state().flat());
  }

  private static Checkpoint run(TrainingPlan plan, String name) throws Exception {
    return PointTrainings.run(spark, plan, folder.resolve(name), JobContext.silent());
  }

  private static State first(LearnerSpec spec) {
    try (Learner learner = spec.learner()) {
      return learner.state();
    }
  }
}
