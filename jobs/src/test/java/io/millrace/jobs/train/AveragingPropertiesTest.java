package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.averaging.Rounds;
import io.millrace.jobs.averaging.TrainingPhase;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.feed.Minibatches;
import io.millrace.jobs.learner.Learner;
import io.millrace.jobs.learner.LearnerSpec;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Constant;
import io.millrace.jobs.schedule.OneCycle;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.Points;
import io.millrace.jobs.testing.States;
import io.millrace.pipeline.job.JobContext;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What averaging guarantees, shown with the plain engine; it holds for every engine. */
class AveragingPropertiesTest {
  private static final Schedule STEADY = new Constant(1, 0.05, 0);
  private static final Schedule ONE_CYCLE = new OneCycle(2, 0.1, List.of(0.95, 0.85));
  private static final LearnerSpec PLAIN_SGD =
      PointTrainings.classifier(new Optimiser.Sgd(0, false), Map.of());
  private static final LearnerSpec MOMENTUM =
      PointTrainings.classifier(PointTrainings.SGD, Map.of());
  // 101 points: parts of 50 and 51, or of 25, 25, 25 and 26.
  private static final Points POINTS = new Points(101);

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
  void oneWorkerEqualsASimpleLoopBitForBit() throws Exception {
    TrainingPlan plan = plan(MOMENTUM, ONE_CYCLE, POINTS, 1, 8, 2);
    States.assertSameBits(trained(plan), looped(plan));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void averagingAfterEachStepEqualsOneStepOnTheJointBatch(int workers) throws Exception {
    // The steps take 7 of each and then what is left, which is not the same for all.
    TrainingPlan plan = plan(PLAIN_SGD, STEADY, POINTS, workers, 7, 1);
    State averaged = trained(plan);
    State joint = joint(plan);
    for (int t = 0; t < averaged.tensors().size(); t++) {
      float[] expected = joint.tensors().get(t).values();
      float[] actual = averaged.tensors().get(t).values();
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i])
            .as(joint.tensors().get(t).name() + "[" + i + "]")
            .isCloseTo(expected[i], within(1e-6f));
      }
    }
  }

  @Test
  void trainsWithMoreWorkersThanExamples() throws Exception {
    Checkpoint end = end(plan(MOMENTUM, ONE_CYCLE, new Points(3), 4, 8, 2));
    assertThat(end.rounds()).isEqualTo(2);
    assertThat(end.record().rounds())
        .allSatisfy(round -> assertThat(round.examples()).isEqualTo(3));
  }

  @Test
  void stepCountAdvancesByTheBusiestWorker() throws Exception {
    State end = trained(plan(MOMENTUM, ONE_CYCLE, POINTS, 4, 8, 2));
    NamedTensor steps = end.tensors().get(end.tensors().size() - 1);
    assertThat(steps.name()).isEqualTo("optimiser.steps");
    // The longest part has 26 points: 4 minibatches of at most 8, in 2 epochs.
    assertThat(steps.values()).containsExactly(8);
  }

  @Test
  void recordsEveryRound() throws Exception {
    Checkpoint end = end(plan(MOMENTUM, ONE_CYCLE, POINTS, 2, 8, 2));
    assertThat(end.record().rounds()).hasSize(8);
    assertThat(end.record().rounds().stream().mapToLong(round -> round.examples()).sum())
        .isEqualTo(202);
    assertThat(end.record().epochs()).hasSize(2);
    assertThat(end.record().rounds().get(7).learningRate()).isLessThan(0.01).isPositive();
  }

  private static TrainingPlan plan(
      LearnerSpec learner, Schedule schedule, Points points, int workers, int batch, int every) {
    return new TrainingPlan(
        List.of(
            new TrainingPhase(
                schedule.epochs(),
                points,
                new Rounds(points.size(), workers, batch, every),
                new Points(0),
                learner)),
        schedule);
  }

  private static State trained(TrainingPlan plan) throws Exception {
    return end(plan).state().shared();
  }

  private static Checkpoint end(TrainingPlan plan) throws Exception {
    Path where = Files.createTempDirectory(folder, "checkpoints");
    return PointTrainings.run(spark, plan, where, JobContext.silent());
  }

  /** The same steps by a plain loop: one learner, one feed an epoch, nothing averaged. */
  private static State looped(TrainingPlan plan) {
    int batch = plan.last().rounds().batch();
    try (Learner learner = plan.last().learner().learner()) {
      for (int epoch = 0; epoch < plan.epochs(); epoch++) {
        long size = plan.last().rounds().examples();
        long seen = epoch * size;
        try (Minibatches feed = plan.last().examples().training(epoch, 0, size, batch)) {
          while (feed.hasNext()) {
            Minibatch next = feed.next();
            double fraction = seen / (double) (size * plan.epochs());
            learner.step(next, plan.schedule().at(fraction));
            seen += next.size();
          }
        }
      }
      return learner.state();
    }
  }

  /** One learner on the minibatches of all workers put together, step by step. */
  private static State joint(TrainingPlan plan) {
    Rounds rounds = plan.last().rounds();
    try (Learner learner = plan.last().learner().learner()) {
      for (int round = 0; round < rounds.perEpoch(); round++) {
        learner.step(joint(plan, round), plan.hyper(0, round));
      }
      return learner.state();
    }
  }

  private static Minibatch joint(TrainingPlan plan, int round) {
    Rounds rounds = plan.last().rounds();
    int size = (int) rounds.inRound(round);
    FloatBuffer points = FloatBuffer.allocate(2 * size);
    FloatBuffer targets = FloatBuffer.allocate(2 * size);
    List<String> ids = new ArrayList<>();
    for (int worker = 0; worker < rounds.workers(); worker++) {
      try (Minibatches feed =
          plan.last()
              .examples()
              .training(0, rounds.from(worker, round), rounds.to(worker, round), rounds.batch())) {
        while (feed.hasNext()) {
          Minibatch batch = feed.next();
          points.put(batch.floats(Points.INPUT).values());
          targets.put(batch.floats(Minibatch.TARGETS).values());
          ids.addAll(batch.ids());
        }
      }
    }
    return new Minibatch(
        ids,
        Map.of(
            Points.INPUT,
            new FloatTensor(points.flip(), size, 2),
            Minibatch.TARGETS,
            new FloatTensor(targets.flip(), size, 2)));
  }
}
