package io.millrace.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder of picture files to shards, by ours and by another program in turn, both warm. */
final class ShardTurns {
  /** Of ours and of Spark's. */
  static final String MASTER = "local[2]";

  /** Processes of a reference without Spark. */
  static final int PROCESSES = 2;

  /** Height and width of resized pictures. */
  static final int SIDE = 64;

  private final Setting setting;
  private final Path warm;
  private final Path folder;
  private final int files;
  private final int rounds;

  /**
   * @param warm the folder of the first round, which is not timed
   * @param folder of the timed rounds
   * @param files that it holds
   * @param rounds that are timed in each process; their median counts
   */
  ShardTurns(Setting setting, Path warm, Path folder, int files, int rounds) {
    this.setting = setting;
    this.warm = warm;
    this.folder = folder;
    this.files = files;
    this.rounds = rounds;
  }

  /** Compared with a data source of Spark's; in files a second. */
  Turns besideSpark(String form, String format) throws IOException, InterruptedException {
    return Turns.taken(
        setting,
        "files/s",
        run -> java(IngestLoop.class, form),
        run -> java(SparkLoop.class, format));
  }

  /** Compared with Pillow in two processes, both with resizing; in files a second. */
  Turns besidePillow() throws IOException, InterruptedException {
    return Turns.taken(
        setting,
        "files/s",
        run -> java(IngestLoop.class, IngestLoop.RESIZED),
        run ->
            Python.run(setting, "pillow_folder.py", folder, work(), PROCESSES, SIDE, rounds)
                .figure());
  }

  private double java(Class<?> main, String how) throws IOException, InterruptedException {
    return Java.run(setting, List.of(), Map.of(), main, how, warm, folder, files, rounds, work())
        .figure();
  }

  private Path work() {
    Path work = setting.scratch().resolve("work");
    Scratch.remove(work);
    return work;
  }
}
