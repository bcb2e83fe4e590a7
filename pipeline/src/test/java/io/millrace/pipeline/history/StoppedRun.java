package io.millrace.pipeline.history;

import static org.awaitility.Awaitility.await;

import io.millrace.pipeline.ChildJvm;
import io.millrace.pipeline.run.PipelineFile;
import io.millrace.pipeline.run.TestJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A run in a process of its own that leaves a checkpoint and then stands still. */
public final class StoppedRun {
  /** Its stages; {@code stop} can't change a result, so the others go on from its checkpoint. */
  public static final String STAGES =
      """
      data  { job = write, text = abc }
      steps { job = steps, stop = %s }
      last  { job = write, text = l, inputs = ["@steps"] }
      """;

  private StoppedRun() {}

  /** Runs them in a folder. */
  public static void main(String[] arguments) {
    new PipelineFile(Path.of(arguments[0]))
        .stages(STAGES.formatted(true))
        .run(new TestJobs().catalogue());
  }

  /** The process, once the checkpoint is there. */
  public static Process start(Path folder) throws IOException {
    Process process = ChildJvm.start(folder, StoppedRun.class, folder.toString());
    await().until(() -> isStopped(folder));
    return process;
  }

  private static boolean isStopped(Path folder) throws IOException {
    Path runs = folder.resolve("work/runs");
    if (!Files.exists(runs)) {
      return false;
    }
    try (Stream<Path> all = Files.walk(runs)) {
      for (Path events : all.filter(path -> path.endsWith(RunFiles.EVENTS)).toList()) {
        if (Files.readString(events).contains("\"event\":\"stopped\"")) {
          return true;
        }
      }
    }
    return false;
  }
}
