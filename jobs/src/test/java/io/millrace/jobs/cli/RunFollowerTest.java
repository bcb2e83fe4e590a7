package io.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.plan.PlannedStage;
import io.millrace.pipeline.plan.Selection;
import io.millrace.pipeline.run.RunListener;
import io.millrace.pipeline.run.RunOptions;
import io.millrace.pipeline.run.Runner;
import io.millrace.pipeline.run.StageResult;
import io.millrace.pipeline.spec.PipelineReader;
import io.millrace.pipeline.spec.PipelineSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFollowerTest {
  @TempDir Path folder;
  private final List<String> lines = new ArrayList<>();

  @Test
  void reportsStagesOfANewRunOnce() throws Exception {
    PipelineSpec pipeline = pipeline(20);
    run(pipeline, new RunListener() {});
    RunFollower follower = new RunFollower(pipeline, Map.of(), lines::add);
    follower.look();
    assertThat(lines).as("a run that was there before").isEmpty();

    PipelineSpec other = pipeline(30);
    run(
        other,
        new RunListener() {
          @Override
          public void stageStarted(PlannedStage stage) {
            follower.look();
            follower.look();
          }

          @Override
          public void stageEnded(StageResult stage) {
            follower.look();
          }
        });
    assertThat(lines.get(0)).isEqualTo("pictures: begun");
    assertThat(lines.get(1)).matches("pictures: ran, [0-9.]+ s, 40 pictures of 10 classes");
    assertThat(lines).hasSize(2);
    run(other, new RunListener() {});
    follower.close();
    assertThat(lines).as("only one run is followed").hasSize(2);
  }

  @Test
  void reportsSkippedStages() throws Exception {
    PipelineSpec pipeline = pipeline(20);
    run(pipeline, new RunListener() {});
    RunFollower follower = new RunFollower(pipeline, Map.of(), lines::add);
    run(pipeline, new RunListener() {});
    follower.close();
    assertThat(lines).containsExactly("pictures: skipped");
  }

  private PipelineSpec pipeline(int train) throws Exception {
    Path file = folder.resolve("p.conf");
    Files.writeString(
        file,
        """
        pipeline = followed
        workspace = "%s"
        stages { pictures { job = synthesize, train = %d, test = 10 } }
        """
            .formatted(folder.resolve("ws"), train));
    return PipelineReader.read(file, List.of(), JobCatalogue.installed());
  }

  private static void run(PipelineSpec pipeline, RunListener listener) {
    assertThat(
            Runner.run(pipeline, new RunOptions(Selection.ALL, 1, Map.of()), listener).succeeded())
        .isTrue();
  }
}
