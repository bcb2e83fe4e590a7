package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a pipeline file includes, and substitutions. */
class IncludesTest {
  @TempDir Path folder;
  private PipelineFile files;

  @BeforeEach
  void files() {
    files = new PipelineFile(folder);
  }

  @Test
  void reportsSubstitutedValueWhereItIsWritten() throws IOException {
    Files.writeString(folder.resolve("common.conf"), "\n\nparams { workers = none }\n");
    Path file =
        files.write(
            "include \"common.conf\"",
            "pipeline = p, workspace = w",
            "params { epochs = ",
            "  some }",
            "stages { m { job = train, shards = \"hdfs://h/x\", architecture = linear",
            "  schedule { constant { epochs = ${params.epochs}, lr = 0 } }",
            "  workers = ${params.workers} } }");
    assertThat(files.problems(file))
        .containsExactly(
            "p.conf:4: stages.m.schedule.constant.epochs: 'some' is not a whole number",
            "common.conf:3: stages.m.workers: 'none' is not a whole number");
  }

  @Test
  void reportsSubstitutionsWithoutValueWithOtherProblems() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "stages { m { job = train, shards = ${params.nowhere}, architecture = linear",
            "  schedule { constant { epochs = ${nor-here}, lr = 0 } }",
            "  workers = some } }");
    assertThat(files.problems(file))
        .containsExactly(
            "p.conf:2: stages.m.shards: ${params.nowhere} has no value: neither the file nor the"
                + " environment sets it",
            "p.conf:3: stages.m.schedule.constant.epochs: ${nor-here} has no value: neither the"
                + " file nor the environment sets it",
            "p.conf:4: stages.m.workers: 'some' is not a whole number");
  }

  @Test
  void reportsMissingAndUnreadableIncludes() throws IOException {
    Files.writeString(folder.resolve("empty.conf"), "# nothing yet\n");
    Files.createDirectory(folder.resolve("dir.conf"));
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "include \"empty\"",
            "include \"absent.conf\"",
            "include \"dir\"",
            "stages { m { job = stats, shards = \"hdfs://h/x\" } }");
    assertThat(files.problems(file))
        .containsExactly(
            "p.conf:3: include \"absent.conf\": there is no such file",
            "p.conf:4: include \"dir\": it can't be read; see its permissions");
  }

  @Test
  void reportsMissingIncludesOfEveryKind() throws IOException {
    Files.writeString(folder.resolve("beside.conf"), "\n\ninclude \"deeper.conf\"\n");
    String gone = folder.resolve("gone.conf").toString();
    String url = folder.resolve("far.conf").toUri().toString();
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "include \"beside\"",
            "include file(\"" + gone + "\")",
            "include file(\"beside.conf\")",
            "include url(\"" + url + "\")",
            "include classpath(\"nowhere.conf\")",
            "stages { m { job = stats, shards = \"hdfs://h/x\", colour = red } }");
    assertThat(files.problems(file))
        .satisfiesExactly(
            it ->
                assertThat(it)
                    .isEqualTo("p.conf:3: include file(\"gone.conf\"): there is no such file"),
            it ->
                assertThat(it)
                    .startsWith("p.conf:4: include file(\"beside.conf\"): there is no such file (")
                    .endsWith("; for the file beside this one write include \"beside.conf\""),
            it ->
                assertThat(it)
                    .isEqualTo(
                        "p.conf:5: include url(\"file:far.conf\"): nothing can be read there"),
            it ->
                assertThat(it)
                    .isEqualTo(
                        "p.conf:6: include classpath(\"nowhere.conf\"): there is no such"
                            + " file on the class path"),
            it -> assertThat(it).startsWith("p.conf:7: stages.m.colour: there is no such key"),
            it ->
                assertThat(it)
                    .isEqualTo("beside.conf:3: include \"deeper.conf\": there is no such file"));
  }

  @Test
  void readsIncludesOfEveryKind() throws IOException {
    Path there = Files.writeString(folder.resolve("there.conf"), "workspace = w\n");
    Path far = Files.writeString(folder.resolve("far.conf"), "pipeline = far\n");
    Path file =
        files.write(
            "include file(\"" + there + "\")",
            "include url(\"" + far.toUri() + "\")",
            "stages { m { job = stats, shards = \"hdfs://h/x\" } }");
    assertThat(PipelineFile.read(file).name()).isEqualTo("far");
  }

  @Test
  void reportsObjectsBuiltOnMissingSubstitutions() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "params { a = ${params.b}, b = 1, o { seed = 1 } }",
            "stages {",
            "  m = ${nowhere} { job = train }",
            "  n { job = train, shards = \"hdfs://h/x\", architecture = ${nothing} { name = linear"
                + " }",
            "    schedule { constant = ${?params.o} { epochs = 1 } } }",
            "  o { job = stats, shards = ${params.dir}\"/x\" }",
            "}");
    assertThat(files.problems(file))
        .containsExactly(
            "p.conf:2: stages.n.schedule.constant.seed: there is no such key; the keys are:"
                + " epochs, lr",
            "p.conf:4: stages.m: ${nowhere} has no value: neither the file nor the environment"
                + " sets it",
            "p.conf:5: stages.n.architecture: ${nothing} has no value: neither the file nor the"
                + " environment sets it",
            "p.conf:6: stages.n.schedule.constant.lr: is missing (learning rate)",
            "p.conf:7: stages.o.shards: ${params.dir} has no value: neither the file nor the"
                + " environment sets it");
    assertThat(files.problems(files.write("a = ${b}", "b = ${a}", "pipeline = p"))).hasSize(1);
  }
}
