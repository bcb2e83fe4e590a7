package io.millrace.pipeline.clean;

import static io.millrace.pipeline.run.PipelineFile.outcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.history.StoppedRun;
import io.millrace.pipeline.job.JobCatalogue;
import io.millrace.pipeline.run.PipelineFile;
import io.millrace.pipeline.run.RunResult;
import io.millrace.pipeline.run.TestJobs;
import io.millrace.pipeline.spec.PipelineSpec;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.FolderLock;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleanUpTest {
  private static final String CHAIN =
      """
      data { job = write, text = d, inputs = ["%s"] }
      test { job = write, text = %s, inputs = ["@data"] }
      """;

  @TempDir Path folder;
  private PipelineFile file;
  private Path source;
  private JobCatalogue jobs;

  @BeforeEach
  void makeFile() throws IOException {
    jobs = new TestJobs().catalogue();
    source = Files.writeString(folder.resolve("source"), "0");
    file = new PipelineFile(folder);
  }

  @Test
  void keepsNewestRunsAndTheirArtifacts() throws IOException {
    Path first = artifact(run("a"), 1);
    Path second = artifact(run("b"), 1);
    RunResult third = run("c");
    RunResult fourth = run("d");
    List<Path> before = files();
    List<FolderDecision> planned = cleanUp(Optional.empty(), 2).decide();
    assertThat(files()).isEqualTo(before);
    List<Path> gone = new ArrayList<>();
    List<FolderDecision> done =
        cleanUp(Optional.empty(), 2).run((decision, bytes) -> gone.add(path(decision)));
    assertThat(done).isEqualTo(planned);
    assertThat(gone)
        .contains(first, second)
        .hasSize(4)
        .allSatisfy(p -> assertThat(p).doesNotExist());
    assertThat(runs()).containsExactly(Path.of(third.runFolder()), Path.of(fourth.runFolder()));
    assertThat(artifact(third, 0)).isDirectory();
    assertThat(artifact(third, 1)).isDirectory();
    assertThat(outcomes(run("c"))).isEqualTo("data:skipped test:skipped");
    assertThat(outcomes(run("a"))).isEqualTo("data:skipped test:ran");
  }

  @Test
  void keepsOldArtifactsThatThePipelineWouldReuse() {
    run("a");
    run("b");
    run("c");
    PipelineSpec back = file.stages(CHAIN.formatted(source, "a")).read(jobs);
    assertThat(removed(Optional.of(back), 1)).isEqualTo("artifact:test run run");
    assertThat(outcomes(file.run(jobs))).isEqualTo("data:skipped test:skipped");
  }

  @Test
  void keepsArtifactsThatMayFitOnceTheirInputIsMade() throws IOException {
    Path wanted = artifact(run("a"), 1);
    run("b");
    // The same content, but only reading it will show that.
    Files.delete(source);
    Files.writeString(source, "0");
    Files.setLastModifiedTime(source, FileTime.fromMillis(1));
    PipelineSpec back = file.stages(CHAIN.formatted(source, "a")).read(jobs);
    assertThat(removed(Optional.of(back), 1)).isEqualTo("run");
    assertThat(wanted).isDirectory();
    assertThat(outcomes(file.run(jobs))).isEqualTo("data:ran test:skipped");
  }

  @Test
  void keepsLastSuccessfulRunDespiteLaterFailures() {
    run("a");
    for (int i = 0; i < 3; i++) {
      file.stages("data { job = fail }").run(jobs);
    }
    assertThat(removed(Optional.empty(), 1)).isEqualTo("run run");
    assertThat(outcomes(run("a"))).isEqualTo("data:skipped test:skipped");
  }

  @Test
  void keepsUnfinishedWorkThatARunCanResume() throws Exception {
    Process process = StoppedRun.start(folder);
    try {
      assertThat(cleanUp(Optional.empty(), 1).decide()).allMatch(FolderDecision::stays);
      assertThatThrownBy(() -> removed(Optional.empty(), 1))
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith(
              "Cannot clean %s: process %d of user ", file.workspace, process.pid());
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(removed(Optional.empty(), 1)).isEqualTo("attempt:steps scratch:run");
    run("a");
    run("b");
    assertThat(removed(Optional.empty(), 1)).isEqualTo("artifact:test run");
    assertThat(removed(Optional.empty(), 1)).isEmpty();
    PipelineSpec goesOn = file.stages(StoppedRun.STAGES.formatted(false)).read(jobs);
    assertThat(removed(Optional.of(goesOn), 1)).isEqualTo("run");
    assertThat(removed(Optional.empty(), 1)).isEqualTo("artifact:data");
    PipelineSpec other = file.stages(CHAIN.formatted(source, "b")).read(jobs);
    assertThat(removed(Optional.of(other), 1)).contains("unfinished:steps");
    assertThat(file.workspace.resolve("unfinished/steps")).doesNotExist();
  }

  @Test
  void refusesFolderThatIsNoWorkspace() throws IOException {
    Path mine = Files.createDirectories(folder.resolve("work/runs/tensorboard"));
    Files.writeString(mine.resolve("events"), "mine");
    Files.createDirectories(folder.resolve("work/scratch/x").resolve(UUID.randomUUID().toString()));
    List<Path> before = files();
    assertThatThrownBy(() -> removed(Optional.empty(), 1))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot clean " + file.workspace + ": it is not a workspace");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void keepsUsersOwnFilesInTheWorkspace() throws IOException {
    run("a");
    run("b");
    List<Path> mine =
        List.of(
            file.workspace.resolve("artifacts/.DS_Store"),
            file.workspace.resolve("artifacts/test/notes/why.txt"),
            file.workspace.resolve("runs/notes.txt"),
            file.workspace.resolve("attempts/notes.txt"));
    for (Path each : mine) {
      Files.createDirectories(each.getParent());
      Files.writeString(each, "mine");
    }
    assertThat(removed(Optional.empty(), 1)).isEqualTo("artifact:test run");
    assertThat(mine).allSatisfy(each -> assertThat(each).hasContent("mine"));
  }

  @Test
  void removesArtifactWithoutManifest() throws IOException {
    Path broken = artifact(run("a"), 1);
    Files.delete(broken.resolve(ArtifactManifest.FILE));
    assertThat(removed(Optional.empty(), 1)).isEqualTo("artifact:test");
    assertThat(broken.getParent()).doesNotExist();
  }

  @Test
  void keepsArtifactsOfRunsInAMovedWorkspace() throws IOException {
    run("a");
    run("b");
    Path moved = Files.move(file.workspace, folder.resolve("moved"));
    new CleanUp(Workspace.open(moved.toString()), Optional.empty(), 2).run((decision, bytes) -> {});
    PipelineFile there = new PipelineFile(folder, moved);
    assertThat(outcomes(there.stages(CHAIN.formatted(source, "a")).run(jobs)))
        .isEqualTo("data:skipped test:skipped");
  }

  @Test
  void refusesLockedWorkspace() {
    run("a");
    run("b");
    try (FolderLock lock = Workspace.open(file.workspace.toString()).lock("hold")) {
      lock.ensureHeld();
      assertThatThrownBy(() -> removed(Optional.empty(), 1)).isInstanceOf(CannotException.class);
    }
    assertThat(runs()).hasSize(2);
  }

  private RunResult run(String text) {
    return file.stages(CHAIN.formatted(source, text)).run(jobs);
  }

  private CleanUp cleanUp(Optional<PipelineSpec> pipeline, int keep) {
    return new CleanUp(Workspace.open(file.workspace.toString()), pipeline, keep);
  }

  /** {@code kind:stage} of all that went. */
  private String removed(Optional<PipelineSpec> pipeline, int keep) {
    List<String> gone = new ArrayList<>();
    cleanUp(pipeline, keep)
        .run(
            (decision, bytes) -> {
              assertThat(path(decision)).doesNotExist();
              String stage = decision.entry().stage();
              gone.add(decision.entry().kind().text() + (stage.isEmpty() ? "" : ":" + stage));
            });
    return String.join(" ", gone);
  }

  private static Path path(FolderDecision decision) {
    return Path.of(decision.entry().folder());
  }

  private static Path artifact(RunResult run, int stage) {
    return Path.of(run.stages().get(stage).artifact().orElseThrow());
  }

  private List<Path> runs() {
    try (Stream<Path> list = Files.list(file.workspace.resolve("runs"))) {
      return list.sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }
}
