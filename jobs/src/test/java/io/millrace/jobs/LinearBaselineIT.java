package io.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.run.RunListener;
import io.millrace.pipeline.run.RunOptions;
import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.Runner;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.spec.PipelineReader;
import io.millrace.pipeline.spec.PipelineSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart's pictures must need a network that sees shapes. */
class LinearBaselineIT {
  @TempDir Path workspace;

  @AfterEach
  void stopSpark() {
    SharedSpark.stop();
  }

  @Test
  void linearClassifierStaysBelowSixtyPercentAccuracy() {
    PipelineSpec pipeline =
        PipelineReader.read(
            Path.of("../conf/quickstart.conf"),
            List.of(
                "workspace=" + workspace,
                "stages.model.architecture={ name = linear }",
                "stages.model.schedule.one-cycle.lr=0.02"),
            JobCatalogue.installed());
    RunResult result =
        Runner.run(
            pipeline,
            new RunOptions(Selection.ALL, 1, Map.of("spark.master", "local[2]")),
            new RunListener() {});

    assertThat(result.stages()).allMatch(stage -> stage.artifact().isPresent());
    StageResult test = result.stages().get(result.stages().size() - 1);
    assertThat(test.name()).isEqualTo("test");
    assertThat((double) test.metrics().get("accuracy")).isBetween(0.15, 0.6);
  }
}
