package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.store.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code status}, {@code graph}, {@code clean} and {@code show} of a run, as a person uses them.
 */
class WorkspaceCommandsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;
  private Path file;
  private Path workspace;

  @BeforeEach
  void makePipeline() throws IOException {
    workspace = folder.resolve("ws");
    file = folder.resolve("p.conf");
    Files.writeString(
        file,
        """
        pipeline = p
        workspace = "%s"
        params { seed = 1 }
        stages {
          a { job = synthesize, train = 5, test = 1, seed = ${params.seed} }
          b { job = synthesize, train = 6, test = 1 }
          bad { job = ingest, source { format = idx, path = "@a" } }
        }
        """
            .formatted(workspace));
  }

  @Test
  void statusListsRunsNewestFirst() throws IOException {
    assertThat(run("status", file)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("No run yet in " + workspace + ".\n");
    assertThat(run("run", file, "--only", "a,b", "--quiet")).isZero();
    assertThat(run("run", file, "--quiet")).isEqualTo(1);
    assertThat(run("status", file)).isZero();
    assertThat(out.toString(UTF_8).lines().map(line -> line.replaceAll(" {2,}", "|")))
        .hasSize(4)
        .satisfiesExactly(
            head -> assertThat(head).isEqualTo("run|outcome|time|result|stages"),
            failed ->
                assertThat(failed)
                    .matches(
                        "\\S+Z\\|failed\\|.*\\|7 pictures of 10 classes\\|2 skipped, 1 failed"),
            why -> assertThat(why).startsWith("|bad: Cannot "),
            ran -> assertThat(ran).matches("\\S+Z\\|succeeded\\|.*\\|2 ran"));
    assertThat(run("status", "--workspace", workspace, "--limit", "1", "--json")).isZero();
    Map<String, Object> json = json();
    assertThat(json).containsEntry("total", 2L);
    assertThat((List<?>) json.get("runs"))
        .singleElement()
        .satisfies(run -> assertThat((Map<?, ?>) run).extracting("outcome").isEqualTo("failed"));
  }

  @Test
  void statusWorksWithInvalidPipelineFile() throws IOException {
    assertThat(run("run", file, "--only", "a", "--quiet")).isZero();
    Files.writeString(file, Files.readString(file).replace("format = idx", "formatt = ${nowhere}"));
    assertThat(run("status", file)).isZero();
    assertThat(out.toString(UTF_8)).contains("succeeded");
    assertThat(run("graph", file)).isEqualTo(2);
    assertThat(run("clean", file)).isEqualTo(2);
    Path elsewhere = folder.resolve("elsewhere");
    assertThat(run("status", file, "--set", "workspace=" + elsewhere)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("No run yet in " + elsewhere + ".\n");
  }

  @Test
  void refusesUnclearWorkspace() throws IOException {
    assertThat(run("status")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("give a pipeline file or --workspace DIR");
    assertThat(run("status", file, "--workspace", workspace)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("--workspace: the pipeline file " + file);
    assertThat(run("status", "--workspace", workspace)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith(workspace + ": there is no such file or folder");
    assertThat(run("status", "--workspace", file)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("is a file, not a workspace's folder");
    assertThat(run("status", folder)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("for a workspace write --workspace " + folder);
    assertThat(run("status", "--workspace", folder)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("it is not a workspace");
    assertThat(run("status", file, "--limit", "0")).isEqualTo(2);
    for (String command : List.of("status", "graph", "clean", "show")) {
      assertThat(run(command, "")).isEqualTo(2);
    }
    assertThat(run("clean", "--workspace", " ")).isEqualTo(2);
    Files.writeString(file, "pipeline = p\nstages { }");
    assertThat(run("status", file)).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith(file + ":1: workspace: is missing (the folder of artifacts and runs)\n");
  }

  @Test
  void graphDrawsAPlanAndARun() throws IOException {
    assertThat(run("graph", file)).isZero();
    assertThat(out.toString(UTF_8)).startsWith("flowchart LR\n").contains("a<br/>synthesize: run");
    assertThat(run("graph", "--workspace", folder)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("Cannot find a run in " + folder);
    assertThat(run("run", file, "--only", "a", "--quiet")).isZero();
    assertThat(run("graph", "--workspace", workspace, "--format", "dot")).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("strict digraph pipeline {")
        .contains("synthesize: ran");
    assertThat(run("graph", file, "--format", "dto", "--json")).isEqualTo(2);
    assertThat((String) json().get("error")).contains("did you mean 'dot'?");
  }

  @Test
  void cleanRemovesOnlyWhatItAnnounced() throws IOException {
    for (int seed = 1; seed <= 3; seed++) {
      assertThat(run("run", file, "--only", "a", "--quiet", "--set", "params.seed=" + seed))
          .isZero();
    }
    String first = Files.readString(newestRun().resolve("plan.json"));
    assertThat(first).contains("params.seed=3");
    assertThat(run("clean", file, "--keep", "1", "--dry-run", "--json")).isZero();
    Map<String, Object> planned = json();
    assertThat(artifacts()).hasSize(3);
    assertThat(run("clean", file, "--keep", "1", "--json", "--quiet")).isZero();
    Map<String, Object> done = json();
    assertThat(done.get("removed")).isEqualTo(planned.get("removed"));
    assertThat(done.get("bytes")).isEqualTo(planned.get("bytes"));
    // That of the file's own seed, and that of the newest run.
    assertThat(artifacts()).hasSize(2);
    assertThat(run("plan", file, "--only", "a")).isZero();
    assertThat(out.toString(UTF_8)).contains("Nothing to do.");
    assertThat(run("clean", "--workspace", workspace, "--keep", "1", "--quiet")).isZero();
    assertThat(out.toString(UTF_8).lines().toList())
        .hasSize(3)
        .last()
        .asString()
        .matches("Freed .* kB of .*; 1 result and 1 run stay\\.");
    assertThat(run("clean", "--workspace", workspace, "--quiet")).isZero();
    assertThat(out.toString(UTF_8)).startsWith("Nothing to remove from " + workspace);
  }

  @Test
  void cleanRefusesFolderThatIsNoWorkspace() throws IOException {
    assertThat(run("clean", file)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("Nothing to remove from " + workspace + ".\n");
    assertThat(workspace).doesNotExist();
    assertThat(run("clean", "--workspace", folder)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("Cannot clean " + folder + ": it is not a workspace");
    assertThat(run("clean", "--workspace", folder, "--keep", "none")).isEqualTo(2);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void showReadsRunAndPointsToStatusForWorkspace() throws IOException {
    assertThat(run("run", file, "--only", "a", "--quiet")).isZero();
    assertThat(run("show", newestRun())).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("run       " + newestRun())
        .contains("outcome   succeeded after ", "a      synthesize  ran ");
    assertThat(run("show", newestRun(), "--json")).isZero();
    assertThat(json()).containsEntry("outcome", "succeeded");
    assertThat(run("show", artifacts().get(0))).isZero();
    assertThat(out.toString(UTF_8)).contains("6 pictures of 10 classes", "test_batch.bin (3.1 kB)");
    assertThat(run("show", workspace)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("millrace status --workspace " + workspace);
  }

  private Path newestRun() throws IOException {
    try (Stream<Path> list = Files.list(workspace.resolve("runs"))) {
      return list.max(Path::compareTo).orElseThrow();
    }
  }

  private List<Path> artifacts() throws IOException {
    try (Stream<Path> list = Files.list(workspace.resolve("artifacts/a"))) {
      return list.toList();
    }
  }

  private Map<String, Object> json() throws IOException {
    return JsonText.object(out.toByteArray());
  }

  private int run(Object... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>();
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(all.toArray(String[]::new));
  }
}
