package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line that a problem shows, and the part of it that is marked. */
class ExcerptTest {
  @TempDir Path folder;
  private PipelineFile files;

  @BeforeEach
  void files() {
    files = new PipelineFile(folder);
  }

  @Test
  void marksTheWrongWordAmongEqualOnesOnTheLine() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "stages {",
            "  one { job = stats, shards = \"hdfs://h/one\", retries = one, split = trian } # one",
            "  job { jop = job, shards = \"@one\" }",
            "  m { job = train, shards = \"@oen\", architecture = linear, workrs = 2",
            "      schedule { constant { epochs = 1, lr = 1 } }, augment = [grey, { flop = 3 }] }",
            "}");
    assertThat(excerpts(file))
        .containsExactly(
            "3: retries = <one>, spl",
            "3: , split = <trian> } # ",
            "4:   <job> { jo",
            "5: = linear, <workrs> = 2",
            "5: shards = \"<@oen>\", ar",
            "6:  [grey, { <flop> = 3 ");
  }

  @Test
  void marksSubstitutedValueWhereItIsWritten() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "params { epochs = many, workers = ${params.none} }",
            "stages { m { job = train, shards = \"hdfs://h/x\", architecture = linear",
            "  workers = ${params.workers}",
            "  schedule { constant { epochs = ${params.epochs}, lr = 0 } } } }");
    assertThat(excerpts(file))
        .contains("2:  epochs = <many>, wor", "2: workers = <${params.none}> }");
  }

  @Test
  void showsOverrideAsGiven() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w, params { epochs = 1 }",
            "stages { m { job = train, shards = \"hdfs://h/x\", architecture = linear",
            "  schedule { constant { epochs = ${params.epochs}, lr = 0 } } } }");
    assertThat(excerpts(file, "params.epochs=9", "params.epochs=many", "stages.m.wrokers=1"))
        .containsExactly("0: ms.epochs=<many>", "0:  stages.m.<wrokers>=1");
    assertThat(excerpts(file, "params.epoch=3", "workspace", "params.epochs=[1"))
        .containsExactly("0: et params.<epoch>=3", "0: ms.epochs=<[1>", "0: --set <workspace>");
  }

  @Test
  void showsLineUnmarkedWhenThePartIsUnknown() throws IOException {
    Path file = files.write("pipeline = p, workspace = w", "stages = = a");
    assertThat(problems(file).problems().get(0).excerpt())
        .contains(new Excerpt(2, "stages = = a", 0, 0));
    assertThat(problems(folder.resolve("absent.conf")).problems().get(0).excerpt()).isEmpty();
  }

  @Test
  void suggestsNearestPath() throws IOException {
    Files.createDirectories(folder.resolve("data/cifar"));
    Files.createFile(folder.resolve("data/cifar/batches.tar.gz"));
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "stages { s { job = stats, shards = \"" + folder + "/dta/cifr/batchs.tar.gz\" } }");
    assertThat(files.problems(file))
        .containsExactly(
            "p.conf:2: stages.s.shards: 'dta/cifr/batchs.tar.gz' is not there; did you mean"
                + " 'data/cifar/batches.tar.gz'?");
    assertThat(files.problems(folder.resolve("q.conf")))
        .containsExactly("q.conf: there is no such pipeline file; did you mean 'p.conf'?");
    assertThat(NearestPath.hint(folder + "/nothing/like/it")).isEmpty();
    assertThat(NearestPath.hint(folder + "/\0")).isEmpty();
  }

  private ConfigurationException problems(Path file, String... sets) {
    return catchThrowableOfType(ConfigurationException.class, () -> PipelineFile.read(file, sets));
  }

  /** {@code 3: some <words> meant}, ten letters of the line around what is meant. */
  private List<String> excerpts(Path file, String... sets) {
    return problems(file, sets).problems().stream()
        .map(problem -> problem.excerpt())
        .flatMap(Optional::stream)
        .map(ExcerptTest::text)
        .toList();
  }

  private static String text(Excerpt excerpt) {
    String line = excerpt.text();
    return excerpt.line()
        + ": "
        + line.substring(Math.max(0, excerpt.from() - 10), excerpt.from())
        + "<"
        + line.substring(excerpt.from(), excerpt.to())
        + ">"
        + line.substring(excerpt.to(), Math.min(line.length(), excerpt.to() + 5));
  }
}
