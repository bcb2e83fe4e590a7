package io.millrace.jobs.train;

import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.feed.ImageExamples;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.record.Exhibit;
import io.millrace.jobs.record.FirstMinibatch;
import io.millrace.pipeline.job.JobContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Runs a scene's training. */
final class Trainings {
  static final Checkpointing EVERY_ROUND =
      new Checkpointing(Optional.of(1), Duration.ofHours(1), 3);

  private Trainings() {}

  /** From the newest checkpoint in the folder, or from the start, to the end. */
  static Checkpoint run(JavaSparkContext spark, Scene scene, Path folder) throws IOException {
    return run(spark, scene, folder, JobContext.silent());
  }

  static Checkpoint run(JavaSparkContext spark, Scene scene, Path folder, JobContext context)
      throws IOException {
    return run(spark, scene, Averaging.By.MILLRACE, folder, context);
  }

  static Checkpoint run(
      JavaSparkContext spark, Scene scene, Averaging.By by, Path folder, JobContext context)
      throws IOException {
    TrainingPlan plan = scene.plan();
    TrainingRun.Settings settings =
        new TrainingRun.Settings(by, EVERY_ROUND, "test", "schedule.one-cycle.lr");
    try (TrainingRun run = TrainingRun.begin(spark, context, plan, settings, folder.toUri())) {
      new Exhibit<>(FirstMinibatch.NAME, FirstMinibatch.class, JobFiles.in(folder.toUri()), context)
          .begin(
              () ->
                  FirstMinibatch.of(
                      plan.phase(0),
                      (ImageExamples) plan.phase(0).examples(),
                      scene.dataset().classNames()));
      return run.toEnd();
    }
  }

  /** The checkpoints of a training that was run in that folder. */
  static Checkpoints checkpoints(Path folder, int workers) throws IOException {
    return new Checkpoints(
        JobFiles.in(folder.resolve("checkpoints").toUri()), "test", workers, EVERY_ROUND.keep());
  }
}
