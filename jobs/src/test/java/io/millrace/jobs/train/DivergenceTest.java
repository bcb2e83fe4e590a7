package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.schedule.Schedule;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.pipeline.CannotException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DivergenceTest {
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
  void stopsAtOnceNamingRoundRateAndCheckpoint() throws Exception {
    Dataset dataset = SmallDataset.write(folder.resolve("shards"), 101);
    // The rate rises from 4e17 to 1e19: the first round is large but finite.
    Schedule wild = new Schedule.OneCycle(20, 1e19, List.of(0.95, 0.85));
    Scene scene =
        new Scene(dataset, new Architecture.ConvNet(List.of(4, 8)), Scene.SGD, wild, 2, 8, 2);
    assertThatThrownBy(() -> Trainings.run(spark, scene, folder.resolve("wild")))
        .isInstanceOf(CannotException.class)
        .hasMessageMatching(
            "Cannot train: the (loss|weights) became (NaN|infinite) in round \\d+ \\(epoch \\d+\\)"
                + " at learning rate .+; (the last good checkpoint is .*/wild/round-.*"
                + "|there is no checkpoint yet); lower schedule.one-cycle.lr");
  }

  @Test
  void aLabelWithoutAClassIsRefusedNamingThePicture() throws Exception {
    Dataset dataset = SmallDataset.write(folder.resolve("labels"), 101, 11);
    assertThatThrownBy(() -> Trainings.run(spark, Scene.resnet(dataset, 2), folder.resolve("none")))
        .isInstanceOf(CannotException.class)
        .hasMessageMatching(
            "Cannot train on picture small#\\d+: its label is 10 and the dataset has the classes 0"
                + " to 9");
  }
}
