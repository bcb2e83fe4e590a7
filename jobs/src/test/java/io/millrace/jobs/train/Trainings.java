package io.millrace.jobs.train;

import io.millrace.jobs.averaging.Averaging;
import io.millrace.jobs.averaging.LearnerPool;
import io.millrace.jobs.averaging.TrainingPlan;
import io.millrace.jobs.averaging.Workers;
import io.millrace.jobs.curves.Exhibit;
import io.millrace.jobs.curves.FirstMinibatch;
import io.millrace.jobs.files.JobFiles;
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
  static Checkpoint run(JavaSparkContext spark, Scene scene, Path checkpoints) throws IOException {
    return run(spark, scene, checkpoints, JobContext.silent());
  }

  static Checkpoint run(JavaSparkContext spark, Scene scene, Path checkpoints, JobContext context)
      throws IOException {
    return run(spark, scene, Averaging.By.MILLRACE, checkpoints, context);
  }

  static Checkpoint run(
      JavaSparkContext spark, Scene scene, Averaging.By by, Path checkpoints, JobContext context)
      throws IOException {
    TrainingPlan plan = scene.plan();
    Checkpoints kept = checkpoints(checkpoints);
    Optional<Checkpoint> resumed = kept.newest(context);
    CheckpointClock clock =
        new CheckpointClock(EVERY_ROUND, resumed.map(Checkpoint::rounds), System::nanoTime);
    Training training =
        new Training(spark, context, plan, by, kept, clock, "schedule.one-cycle.lr");
    new Exhibit<>(
            FirstMinibatch.NAME, FirstMinibatch.class, JobFiles.in(checkpoints.toUri()), context)
        .begin(() -> FirstMinibatch.of(plan.phase(0), scene.dataset().classNames()));
    try {
      return training.from(
          resumed.orElseGet(
              () ->
                  Checkpoint.first(
                      new Workers(spark, plan.workers())
                          .begin(plan.phase(0).trainee(), by, false)
                          .state())));
    } finally {
      plan.phases().forEach(phase -> LearnerPool.close(phase.trainee()));
    }
  }

  static Checkpoints checkpoints(Path folder) throws IOException {
    return new Checkpoints(JobFiles.in(folder.toUri()), "test", EVERY_ROUND.keep());
  }
}
