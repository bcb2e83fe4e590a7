package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.spec.TestJobs.Net;
import io.millrace.pipeline.spec.TestJobs.Plan;
import io.millrace.pipeline.spec.TestJobs.Stats;
import io.millrace.pipeline.spec.TestJobs.Train;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What --set changes, and what it must not. */
class OverridesTest {
  @TempDir Path folder;
  private PipelineFile files;

  @BeforeEach
  void files() {
    files = new PipelineFile(folder);
  }

  @Test
  void substitutionsUseOverriddenValues() throws IOException {
    Path file = files.sample();
    Path odd = Files.createFile(folder.resolve("a b: [1] #2.tar.gz"));
    PipelineSpec spec =
        PipelineFile.read(
            file, "params.epochs=7", "params.lr=1e-2", "params.data=" + odd, "workspace=w x");
    Train train = (Train) spec.stages().get(2).parameters();
    assertThat(train.schedule()).isEqualTo(new Plan.OneCycle(7, 0.01, List.of(0.95, 0.85)));
    assertThat(spec.stages().get(0).locations().get("source.path").text())
        .isEqualTo(odd.toString());
    assertThat(spec.workspace()).isEqualTo(Path.of("w x").toAbsolutePath().toString());
    assertThat(spec.stages()).extracting(StageSpec::name).containsExactly("zeta", "stats", "alpha");
  }

  @Test
  void overridesReplaceObjectsAndAnyKeyOfAStage() throws IOException {
    Path file = files.sample();
    PipelineSpec spec =
        PipelineFile.read(
            file,
            "params.data=hdfs://h/x",
            "stages.alpha.schedule={ constant { epochs = ${params.epochs}, lr = 0 } }",
            "stages.alpha.workers=9",
            "stages.alpha.augment=[grey]",
            "stages.alpha.architecture=linear",
            "stages.stats.split=test",
            "spark.master=local[4]");
    Train train = (Train) spec.stages().get(2).parameters();
    assertThat(train.schedule()).isEqualTo(new Plan.Constant(3, 0));
    assertThat(train.workers()).isEqualTo(9);
    assertThat(train.architecture()).isEqualTo(new Net.Linear());
    assertThat(train.augment()).hasSize(1);
    assertThat(spec.stages().get(0).locations().get("source.path").text()).isEqualTo("hdfs://h/x");
    assertThat(spec.stages().get(0).settings()).containsEntry("spark.master", "local[4]");
    assertThat(spec.stages().get(2).where()).isEqualTo(file + ":7");
  }

  @Test
  void reportsBadOverrides() throws IOException {
    assertThat(
            files.problems(
                files.sample(),
                "params.epoch=3",
                "params.epochs=many",
                "stages.alhpa.workers=1",
                "stages.alpha.wrokers=1",
                "workspce=x",
                "params.lr",
                "params.lr=[1",
                "a..b=1"))
        .satisfiesExactlyInAnyOrder(
            p ->
                assertThat(p)
                    .startsWith(
                        "--set params.epoch: there is no 'epoch' in params; did you mean"
                            + " 'epochs'?"),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "--set params.epochs: stages.alpha.schedule.one-cycle.epochs: 'many' is"
                            + " not a whole number"),
            p ->
                assertThat(p)
                    .startsWith(
                        "--set stages.alhpa.workers: there is no 'alhpa' in stages; did you mean"
                            + " 'alpha'?"),
            p ->
                assertThat(p)
                    .startsWith(
                        "--set stages.alpha.wrokers: stages.alpha.wrokers: there is no such key;"
                            + " did you mean 'workers'?"),
            p ->
                assertThat(p)
                    .startsWith(
                        "--set workspce: there is no key 'workspce'; did you mean 'workspace'?"),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "--set params.lr: takes a key and a value: write --set params.lr=VALUE"),
            p -> assertThat(p).startsWith("--set params.lr: the value is not valid HOCON"),
            p -> assertThat(p).startsWith("--set a..b: 'a..b' is not a key"));
  }

  @Test
  void overrideSetsParameterOfOptionalSubstitution() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "stages { s { job = stats, shards = \"hdfs://h/x\", split = ${?params.split} } }");
    assertThat(((Stats) PipelineFile.read(file).stages().get(0).parameters()).split())
        .isEqualTo(TestJobs.Split.TRAIN);
    assertThat(
            ((Stats) PipelineFile.read(file, "params.split=test").stages().get(0).parameters())
                .split())
        .isEqualTo(TestJobs.Split.TEST);
  }
}
