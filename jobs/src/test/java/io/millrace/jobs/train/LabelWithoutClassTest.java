package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.pipeline.CannotException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelWithoutClassTest {
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
  void refusesLabelWithoutClassAndNamesThePicture() throws Exception {
    Dataset dataset = SmallDataset.write(folder.resolve("labels"), 101, 11);
    assertThatThrownBy(() -> Trainings.run(spark, Scene.plain(dataset, 2), folder.resolve("none")))
        .isInstanceOf(CannotException.class)
        .hasMessageMatching(
            "Cannot train on picture small#\\d+: its label is 10 but the dataset has only the classes 0"
                + " to 9");
  }
}
