package io.millrace.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ChildJvm;
import io.millrace.pipeline.plan.Selection;
import io.millrace.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed processes, full disks and folders that may not be written. */
class SystemFailuresTest {
  private static final String NOBODY = "65534";

  @TempDir Path folder;

  /** Runs stages in a workspace and prints the outcome, or the error. */
  static final class RunStages {
    private RunStages() {}

    public static void main(String[] arguments) {
      PipelineFile file =
          new PipelineFile(Path.of(arguments[0]), Path.of(arguments[1])).stages(arguments[2]);
      try {
        RunResult result =
            file.run(new TestJobs().catalogue(), new RunOptions(Selection.ALL, 2, Map.of()));
        System.out.println(PipelineFile.text(result));
      } catch (CannotException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static boolean command(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }

  @Test
  void skipsFinishedStagesAndResumesOthersAfterKill() throws Exception {
    String stages =
        """
        data  { job = write, text = d }
        model { job = steps, stop = %s }
        test  { job = write, text = t, inputs = ["@model"] }
        """;
    Path work = folder.resolve("work");
    Process run =
        ChildJvm.start(
            folder, RunStages.class, folder.toString(), work.toString(), stages.formatted(true));
    try {
      // The two stages run side by side: the one that is to be skipped must be done.
      await().until(() -> stopped(work) && published(work.resolve("artifacts/data")));
    } finally {
      run.destroyForcibly().waitFor();
    }
    assertThat(work.resolve("artifacts/model")).doesNotExist();
    TestJobs jobs = new TestJobs();
    RunResult result =
        new PipelineFile(folder, work).stages(stages.formatted(false)).run(jobs.catalogue());
    assertThat(PipelineFile.outcomes(result)).isEqualTo("data:skipped model:ran test:ran");
    assertThat(result.stages().get(1).metrics()).containsEntry("resumed", true);
    assertThat(work.resolve("attempts")).doesNotExist();
    assertThat(work.resolve("scratch")).doesNotExist();
    try (Stream<Path> left = Files.walk(work.resolve("unfinished"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static boolean published(Path stage) throws IOException {
    if (!Files.exists(stage)) {
      return false;
    }
    try (Stream<Path> all = Files.walk(stage)) {
      return all.anyMatch(path -> path.endsWith("_artifact.json"));
    }
  }

  /** The job's event is in the file although the process that wrote it lives on. */
  private static boolean stopped(Path work) throws IOException {
    if (!Files.exists(work.resolve("runs"))) {
      return false;
    }
    try (Stream<Path> all = Files.walk(work.resolve("runs"))) {
      for (Path events : all.filter(p -> p.endsWith("events.jsonl")).toList()) {
        if (Files.readString(events).contains("\"event\":\"stopped\"")) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void forcedStageIgnoresCheckpointOfKilledRun() throws Exception {
    Path work = folder.resolve("work");
    Process run =
        ChildJvm.start(
            folder,
            RunStages.class,
            folder.toString(),
            work.toString(),
            "model { job = steps, stop = true }");
    try {
      await().until(() -> stopped(work));
    } finally {
      run.destroyForcibly().waitFor();
    }
    RunResult result =
        new PipelineFile(folder, work)
            .stages("model { job = steps }")
            .run(new TestJobs().catalogue(), PipelineFile.FORCE_ALL);
    assertThat(result.stages().get(0).metrics()).containsEntry("resumed", false);
  }

  @Test
  void namesFullDisk() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    Needs.that(
        command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()),
        "a small tmpfs can't be mounted here");
    try {
      TestJobs jobs = new TestJobs();
      PipelineFile file = new PipelineFile(folder, small.resolve("work"));
      RunResult result =
          file.stages("fill { job = fill, bytes = 3000000, retries = 3, retry-delay = 1ms }")
              .run(jobs.catalogue());
      assertThat(PipelineFile.text(result))
          .isEqualTo(
              "fill: failed (Cannot write the result of stage fill: the disk holding "
                  + small
                  + "/work is full; free space or choose another workspace)");
      assertThat(jobs.calls).containsEntry("fill", 1);
      assertThat(
              PipelineFile.outcomes(
                  file.stages("fill { job = fill, bytes = 3000 }").run(jobs.catalogue())))
          .isEqualTo("fill:ran");
    } finally {
      command("umount", small.toString());
    }
  }

  @Test
  void namesWorkspaceWithoutWritePermission() throws Exception {
    boolean root = System.getProperty("user.name").equals("root");
    List<String> prefix =
        root
            ? List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups")
            : List.of();
    Needs.that(!root || command("setpriv", "--version"), "setpriv is not installed");
    Path files = Files.createDirectory(folder.resolve("files"));
    Path locked = Files.createDirectory(folder.resolve("locked"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    Process run =
        ChildJvm.start(
            prefix,
            ChildJvm.classPathForAll(Files.createDirectory(folder.resolve("classes"))),
            folder,
            RunStages.class,
            files.toString(),
            locked.resolve("work").toString(),
            "data { job = write, text = d }");
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(folder.resolve("RunStages.log"));
    assertThat(said)
        .startsWith("Cannot write to the workspace " + locked + "/work: permission denied to user ")
        .contains(" at " + locked)
        .doesNotContain("\tat ");
  }
}
