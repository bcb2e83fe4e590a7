package io.millrace.bench;

import io.millrace.jobs.averaging.Averaging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs of the training job on one dataset, each in a process of its own.
 *
 * @param engine its name
 * @param shards the dataset
 * @param stats its statistics
 */
record TrainingTurns(Setting setting, String engine, Path shards, Path stats) {
  /**
   * Makes the dataset.
   *
   * @param records CIFAR-10 binaries
   */
  static TrainingTurns on(Setting setting, String engine, Path records)
      throws IOException, InterruptedException {
    Path shards = setting.scratch().resolve("shards");
    Path stats = setting.scratch().resolve("stats");
    setting.say().accept("making shards of %,d images".formatted(Load.IMAGES));
    Millrace.run(setting, "ingest", "--format=cifar10", "--path=" + records, "--output=" + shards);
    Millrace.run(setting, "stats", "--shards=" + shards, "--output=" + stats);
    return new TrainingTurns(setting, engine, shards, stats);
  }

  /** One training of workers of one thread; {@link AveragedTraining} says what it prints. */
  Child run(Averaging.By by) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory(setting.scratch(), "train-");
    Child child =
        Java.run(
            setting,
            List.of(),
            Map.of("OMP_NUM_THREADS", "1"),
            AveragedTraining.class,
            shards,
            stats,
            scratch,
            by,
            engine);
    Scratch.remove(scratch);
    return child;
  }
}
