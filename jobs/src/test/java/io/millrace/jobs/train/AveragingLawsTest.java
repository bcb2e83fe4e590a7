package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.curves.TrainingRecord;
import io.millrace.jobs.engine.Learner;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.jobs.testing.States;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AveragingLawsTest {
  private static final Schedule STEADY = new Schedule.Constant(1, 0.05, 0);
  private static final Optimiser PLAIN_SGD = new Optimiser.Sgd(0, false);

  @TempDir static Path folder;
  private static Dataset dataset;
  private static JavaSparkContext spark;

  @BeforeAll
  static void open() throws Exception {
    spark = Sparks.local(2);
    dataset = SmallDataset.write(folder.resolve("shards"), 101);
  }

  @AfterAll
  static void close() {
    spark.close();
  }

  @Test
  void oneWorkerEqualsALoopOnOneMachineToTheBit() throws Exception {
    Scene scene = Scene.resnet(dataset, 1);
    States.assertSameBits(trained(scene), looped(scene));
  }

  @ParameterizedTest
  @CsvSource({"2, linear", "4, linear", "2, conv-net", "4, conv-net"})
  void averagingAfterEachStepEqualsOneStepOnTheJointBatch(int workers, String network)
      throws Exception {
    Architecture architecture =
        network.equals("linear")
            ? new Architecture.Linear()
            : new Architecture.ConvNet(List.of(4, 8));
    // 101 images: parts of 50 and 51, or of 25, 25, 25 and 26; the steps take 7 of each and then
    // what is left, which is not the same for all.
    Scene scene = new Scene(dataset, architecture, PLAIN_SGD, STEADY, workers, 7, 1);
    State averaged = trained(scene);
    State joint = JointBatches.trained(scene.plan());
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
  void moreWorkersThanImagesTrainToo() throws Exception {
    Dataset three = SmallDataset.write(folder.resolve("three"), 3);
    Scene scene = Scene.resnet(three, 4);
    Checkpoint end = end(scene);
    assertThat(end.rounds()).isEqualTo(2);
    assertThat(end.record().rounds()).allSatisfy(round -> assertThat(round.images()).isEqualTo(3));
  }

  @Test
  void countsAdvanceByTheMostStepsOfAWorker() throws Exception {
    Scene scene = Scene.resnet(dataset, 4);
    State end = trained(scene);
    NamedTensor steps = end.tensors().get(end.tensors().size() - 1);
    assertThat(steps.name()).isEqualTo("optimiser.steps");
    // The longest part has 26 images: 4 minibatches of at most 8, in 2 epochs.
    assertThat(steps.values()).containsExactly(8);
  }

  @Test
  void theRecordHoldsEveryRound() throws Exception {
    Scene scene = Scene.resnet(dataset, 2);
    TrainingRecord record = end(scene).record();
    assertThat(record.rounds()).hasSize(8);
    assertThat(record.rounds().stream().mapToLong(TrainingRecord.Round::images).sum())
        .isEqualTo(202);
    assertThat(record.epochs()).hasSize(2);
    assertThat(record.rounds().get(7).learningRate()).isLessThan(0.01).isPositive();
  }

  private static State trained(Scene scene) throws Exception {
    return end(scene).state();
  }

  private static Checkpoint end(Scene scene) throws Exception {
    return Trainings.run(spark, scene, Files.createTempDirectory(folder, "checkpoints"));
  }

  /** The same steps by a plain loop: one learner, one feed an epoch, nothing averaged. */
  private static State looped(Scene scene) {
    TrainingPlan plan = scene.plan();
    try (Learner learner = plan.last().trainee().learner()) {
      for (int epoch = 0; epoch < scene.schedule().epochs(); epoch++) {
        long images = plan.last().rounds().images();
        try (Feed feed = Feed.training(plan.last().recipe(), epoch, 0, images, scene.batch())) {
          long seen = epoch * images;
          while (feed.hasNext()) {
            Minibatch batch = feed.next();
            double fraction = seen / (double) (images * scene.schedule().epochs());
            learner.step(batch, scene.schedule().at(fraction));
            seen += batch.size();
          }
        }
      }
      return learner.state();
    }
  }
}
