package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.averaging.Averager;
import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.averaging.TrainingState;
import io.millrace.jobs.averaging.Workers;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.record.TrainingRecord;
import io.millrace.jobs.schedule.Constant;
import io.millrace.jobs.schedule.OneCycle;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.spark.Platform;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.jobs.testing.States;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.JobContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rounds by Deeplearning4j's own training master beside ours. Takes more than a minute: each of its
 * rounds builds a network in every worker, as Deeplearning4j does it.
 */
class Dl4jSparkTest {
  private static final Optimiser PLAIN = new Optimiser.Sgd(0, false);
  private static final Optimiser NESTEROV = new Optimiser.Sgd(0, true);
  private static final Schedule TWO_EPOCHS = new OneCycle(2, 0.1, List.of(0.0, 0.0));
  private static final Schedule STEADY = new Constant(2, 0.05, 0.9);
  private static final double CLOSE = 2e-5;

  @TempDir static Path folder;
  private static JavaSparkContext spark;

  /** Parts of 32 or 64 images: as many minibatches of 8 for every worker. */
  private static Dataset even;

  /** Parts that differ, and end with a short minibatch or none. */
  private static Dataset odd;

  @BeforeAll
  static void open() throws Exception {
    spark = Sparks.local(2);
    even = SmallDataset.write(folder.resolve("even"), 128);
    odd = SmallDataset.write(folder.resolve("odd"), 101);
  }

  @AfterAll
  static void close() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void plainSgdOnEqualPartsGivesTheSameWeights(int workers) throws Exception {
    Scene scene = smooth(even, PLAIN, TWO_EPOCHS, workers);
    Checkpoint ours = ours(scene);
    Checkpoint theirs = theirs(scene);
    assertClose(theirs.state().shared(), ours.state().shared(), "");
    assertThat(theirs.rounds()).isEqualTo(ours.rounds());
    for (int i = 0; i < ours.record().rounds().size(); i++) {
      TrainingRecord.Round expected = ours.record().rounds().get(i);
      TrainingRecord.Round actual = theirs.record().rounds().get(i);
      assertThat(actual.measures().get("loss"))
          .isCloseTo(expected.measures().get("loss"), within(CLOSE));
      assertThat(actual.measures().get("accuracy")).isEqualTo(expected.measures().get("accuracy"));
      assertThat(actual.examples()).isEqualTo(expected.examples());
      assertThat(actual.learningRate()).isEqualTo(expected.learningRate());
      assertThat(actual.workerExamplesPerSecond()).hasSize(workers).allMatch(speed -> speed > 0);
    }
  }

  @Test
  void momentumEqualsNesterovAtConstantLearningRate() throws Exception {
    Scene scene = smooth(even, NESTEROV, STEADY, 2);
    State ours = ours(scene).state().shared();
    State theirs = theirs(scene).state().shared();
    assertClose(theirs, ours, "optimiser.momentum");
    float[] velocity = tensor(theirs, "optimiser.momentum");
    float[] momentum = tensor(ours, "optimiser.momentum");
    for (int i = 0; i < momentum.length; i++) {
      assertThat(velocity[i]).isCloseTo(-0.05f * momentum[i], within((float) CLOSE));
    }
    State classical = ours(smooth(even, PLAIN, STEADY, 2)).state().shared();
    assertThat(distance(classical, ours)).as("the case is not trivial").isGreaterThan(1e-3);
  }

  @Test
  void adamGivesTheSameWeights() throws Exception {
    Optimiser adam = new Optimiser.Adam(0.999, 1e-8, 0, false);
    // A network whose gradients are never as small as the epsilon, which the two add elsewhere.
    Scene scene =
        new Scene(
            "dl4j",
            even,
            new ConvNet(List.of(4, 8)),
            adam,
            new OneCycle(2, 1e-3, List.of(0.9, 0.9)),
            2,
            8,
            2);
    assertClose(theirs(scene).state().shared(), ours(scene).state().shared(), "");
  }

  @Test
  void usesEveryImageOfUnequalParts() throws Exception {
    Checkpoint trained = theirs(scene(odd, PLAIN, Scene.ONE_CYCLE, 4));
    TrainingRecord record = trained.record();
    assertThat(record.rounds().stream().mapToLong(TrainingRecord.Round::examples).sum())
        .isEqualTo(202);
    State end = trained.state().shared();
    assertThat(tensor(end, "optimiser.steps")).containsExactly(8);
    Dataset three = SmallDataset.write(folder.resolve("three"), 3);
    assertThat(theirs(scene(three, PLAIN, STEADY, 4)).record().rounds())
        .allSatisfy(round -> assertThat(round.examples()).isEqualTo(3));
  }

  @Test
  void resumesWithTheSameBitsForAnyNumberOfSlots() throws Exception {
    Scene scene = scene(odd, PLAIN, Scene.ONE_CYCLE, 4);
    Path checkpoints = folder.resolve("resumed");
    Checkpoint undisturbed = theirs(scene, checkpoints);
    List<Path> kept = safetensors(checkpoints.resolve("checkpoints"));
    assertThat(kept).hasSize(Trainings.EVERY_ROUND.keep());
    Files.delete(kept.get(2));
    Files.delete(kept.get(1));
    States.assertSameBits(
        theirs(scene, checkpoints).state().shared(), undisturbed.state().shared());
    spark.close();
    try (JavaSparkContext four = Sparks.local(4)) {
      States.assertSameBits(
          run(four, scene, folder.resolve("slots")).state().shared(), undisturbed.state().shared());
    } finally {
      spark = Sparks.local(2);
    }
  }

  @Test
  void reportsUnusablePictureAndDivergingLossAsMillraceDoes() throws Exception {
    Dataset labels = SmallDataset.write(folder.resolve("labels"), 101, 11);
    assertThatThrownBy(() -> theirs(scene(labels, PLAIN, STEADY, 2)))
        .isInstanceOf(CannotException.class)
        .hasMessageMatching(
            "Cannot train on picture small#\\d+: its label is 10 but the dataset has only the classes 0"
                + " to 9");
    Schedule wild = new OneCycle(20, 1e19, List.of(0.95, 0.85));
    Scene scene = new Scene("dl4j", odd, new ConvNet(List.of(4, 8)), PLAIN, wild, 2, 8, 2);
    assertThatThrownBy(() -> theirs(scene))
        .isInstanceOf(CannotException.class)
        .hasMessageMatching(
            "Cannot train: the [\\w.]+ became (NaN|infinite)( in worker \\d of \\d)? in"
                + " round \\d+ \\(epoch \\d+\\).*");
  }

  /** Spark may give its tasks to an executor that came when the engine had started everywhere. */
  @Test
  void refusesExecutorWithOtherInstructionSet() throws Exception {
    Scene scene = scene(even, PLAIN, STEADY, 2);
    Platform here = Platform.here();
    Platform other = new Platform(here.java(), here.millrace(), "SSE2");
    Broadcast<TrainingPlan> plan = spark.broadcast(scene.plan());
    Workers workers = new Workers(spark, 2);
    State first =
        workers.begin(scene.plan().phase(0).learner(), Averaging.By.DL4J_SPARK, false).state();
    TrainingState start = TrainingState.first(first, 2);
    try (Averager averager = Averager.by(Averaging.By.DL4J_SPARK, workers, plan, other)) {
      assertThatThrownBy(() -> averager.round("round 1", start, scene.plan().position(0)))
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith("Cannot work on ")
          .hasMessageContaining("and the driver with SSE2");
    }
  }

  /**
   * Without batch norm: its steps make the last bits, in which kernels of some processors differ,
   * grow to 1e-3 within two epochs.
   */
  private static Scene smooth(
      Dataset dataset, Optimiser optimiser, Schedule schedule, int workers) {
    Scene resnet = scene(dataset, optimiser, schedule, workers);
    return new Scene(
        resnet.engine(),
        dataset,
        new ConvNet(List.of(4, 8)),
        optimiser,
        schedule,
        workers,
        resnet.batch(),
        resnet.every());
  }

  private static Scene scene(Dataset dataset, Optimiser optimiser, Schedule schedule, int workers) {
    return new Scene(
        "dl4j", dataset, new ResNet(List.of(4, 8)), optimiser, schedule, workers, 8, 2);
  }

  private static Checkpoint ours(Scene scene) throws Exception {
    return Trainings.run(spark, scene, Files.createTempDirectory(folder, "ours"));
  }

  private static Checkpoint theirs(Scene scene) throws Exception {
    return theirs(scene, Files.createTempDirectory(folder, "theirs"));
  }

  private static Checkpoint theirs(Scene scene, Path checkpoints) throws Exception {
    return run(spark, scene, checkpoints);
  }

  private static Checkpoint run(JavaSparkContext on, Scene scene, Path checkpoints)
      throws Exception {
    return Trainings.run(on, scene, Averaging.By.DL4J_SPARK, checkpoints, JobContext.silent());
  }

  private static void assertClose(State actual, State expected, String but) {
    assertThat(actual.tensors()).hasSameSizeAs(expected.tensors());
    for (int t = 0; t < expected.tensors().size(); t++) {
      NamedTensor wanted = expected.tensors().get(t);
      NamedTensor given = actual.tensors().get(t);
      assertThat(given.name()).isEqualTo(wanted.name());
      assertThat(given.role()).isEqualTo(wanted.role());
      for (int i = 0; i < wanted.values().length && !wanted.name().equals(but); i++) {
        assertThat(given.values()[i])
            .as(wanted.name() + "[" + i + "]")
            .isCloseTo(wanted.values()[i], within((float) CLOSE));
      }
    }
  }

  private static double distance(State one, State other) {
    double most = 0;
    for (int t = 0; t < one.tensors().size() - 2; t++) {
      float[] here = one.tensors().get(t).values();
      float[] there = other.tensors().get(t).values();
      for (int i = 0; i < here.length; i++) {
        most = Math.max(most, Math.abs(here[i] - there[i]));
      }
    }
    return most;
  }

  private static float[] tensor(State state, String name) {
    return state.tensors().stream()
        .filter(tensor -> tensor.name().equals(name))
        .findFirst()
        .orElseThrow()
        .values();
  }

  private static List<Path> safetensors(Path checkpoints) throws Exception {
    try (Stream<Path> all = Files.list(checkpoints)) {
      return all.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }
}
