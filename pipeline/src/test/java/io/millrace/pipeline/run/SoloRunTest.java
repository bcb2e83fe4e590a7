package io.millrace.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ChildJvm;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.spec.FlagReader;
import io.millrace.pipeline.store.ArtifactManifest;
import io.millrace.pipeline.store.Places;
import io.millrace.pipeline.store.StoredArtifact;
import io.millrace.pipeline.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoloRunTest {
  @TempDir Path folder;
  private final TestJobs jobs = new TestJobs();

  private StageResult run(Path output, boolean overwrite, String job, Map<String, String> flags) {
    return run(jobs, output, overwrite, job, flags);
  }

  private static StageResult run(
      TestJobs jobs, Path output, boolean overwrite, String name, Map<String, String> flags) {
    Job<?> job = jobs.catalogue().named(name).orElseThrow();
    return SoloRun.run(
        FlagReader.read(job, flags),
        Places.uri(output.toString()),
        overwrite,
        Map.of(),
        new RunListener() {});
  }

  private Path hidden(Path output) {
    return output.resolveSibling("." + output.getFileName() + ".millrace");
  }

  @Test
  void writesResultIntoTheOutputFolderOnly() throws IOException {
    Path output = folder.resolve("my shards ü");
    StageResult result = run(output, false, "write", Map.of("text", "hello"));
    assertThat(result.outcome()).isEqualTo(StageOutcome.RAN);
    assertThat(result.artifact()).contains(Places.uri(output.toString()));
    assertThat(output.resolve("out.txt")).hasContent("hello");
    StoredArtifact artifact = Workspace.artifactAt(output.toString()).orElseThrow();
    assertThat(artifact.manifest().stage()).isEqualTo("write");
    assertThat(artifact.manifest().reproduce())
        .isEqualTo("millrace write --text hello --output '" + output + "'");
    try (Stream<Path> list = Files.list(folder)) {
      assertThat(list).containsExactly(output);
    }
  }

  @Test
  void neverReplacesForeignFiles() throws IOException {
    Path users = Files.createDirectory(folder.resolve("users"));
    Files.writeString(users.resolve("thesis.tex"), "x");
    assertThatThrownBy(() -> run(users, true, "write", Map.of("text", "a")))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot write to %s: the folder is not empty and not a result of Millrace; choose"
                + " another folder",
            users);
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> run(file, true, "write", Map.of("text", "a")))
        .hasMessage("Cannot write to %s: it is a file; choose a folder", file);
    assertThat(users.resolve("thesis.tex")).exists();
    assertThat(hidden(users)).doesNotExist();
  }

  @Test
  void replacesResultOnlyOnRequest() {
    Path output = folder.resolve("out");
    run(output, false, "write", Map.of("text", "a"));
    assertThatThrownBy(() -> run(output, false, "write", Map.of("text", "b")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("it has a result already");
    run(output, true, "write", Map.of("text", "b"));
    assertThat(output.resolve("out.txt")).hasContent("b");
    assertThat(run(output, true, "fail", Map.of()).outcome()).isEqualTo(StageOutcome.FAILED);
    assertThat(output.resolve("out.txt")).hasContent("b");
    assertThat(hidden(output)).isNotEmptyDirectory();
    run(output, true, "fail", Map.of("how", "cannot"));
    assertThat(hidden(output)).doesNotExist();
    assertThat(output.resolve("out.txt")).hasContent("b");
  }

  @Test
  void writesThroughLinkToEmptyFolder() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    run(link, false, "write", Map.of("text", "a"));
    assertThat(link).isSymbolicLink();
    assertThat(target.resolve("out.txt")).hasContent("a");
  }

  /** Runs the steps job into a folder and stops after the first step. */
  static final class StopAfterOneStep {
    private StopAfterOneStep() {}

    public static void main(String[] arguments) {
      run(new TestJobs(), Path.of(arguments[0]), false, "steps", Map.of("stop", "true"));
    }
  }

  @Test
  void resumesAfterKillAndRefusesSecondRunAtOnce() throws Exception {
    Path output = folder.resolve("model");
    Process first = ChildJvm.start(folder, StopAfterOneStep.class, output.toString());
    try {
      await().until(() -> isThere(hidden(output).resolve("unfinished")));
      assertThatThrownBy(() -> run(output, false, "steps", Map.of()))
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith("Cannot write to %s: process %d of user", output, first.pid());
    } finally {
      first.destroyForcibly().waitFor();
    }
    assertThat(output).doesNotExist();
    StageResult result = run(output, false, "steps", Map.of());
    assertThat(result.metrics()).containsEntry("resumed", true);
    assertThat(output.resolve("half")).doesNotExist();
    assertThat(hidden(output)).doesNotExist();
  }

  private static boolean isThere(Path checkpoints) throws IOException {
    if (!Files.exists(checkpoints)) {
      return false;
    }
    try (Stream<Path> all = Files.walk(checkpoints)) {
      return all.anyMatch(p -> p.endsWith("step") && p.toFile().length() > 0);
    }
  }

  @Test
  void finishesPublicationAfterKillBeforeManifest() throws IOException {
    Path output = folder.resolve("out");
    run(output, false, "write", Map.of("text", "a"));
    // The state that such a kill leaves: the result in place, its manifest still in the workspace.
    Files.createDirectory(hidden(output));
    Files.move(output.resolve(ArtifactManifest.FILE), hidden(output).resolve("publishing.json"));
    jobs.calls.clear();
    StageResult result = run(output, false, "write", Map.of("text", "a"));
    assertThat(result.outcome()).isEqualTo(StageOutcome.RAN);
    assertThat(jobs.calls).isEmpty();
    assertThat(Workspace.artifactAt(output.toString())).isPresent();
    assertThat(hidden(output)).doesNotExist();
  }
}
