package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.typesafe.config.ConfigFactory;
import io.millrace.pipeline.spec.TestJobs.Net;
import io.millrace.pipeline.spec.TestJobs.Train;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineReaderTest {
  @TempDir Path folder;
  private PipelineFile files;

  @BeforeEach
  void files() {
    files = new PipelineFile(folder);
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = PipelineReaderTest.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void readsAWholePipelineInTheOrderOfTheFile() throws IOException {
    Path file = files.sample();
    PipelineSpec spec = PipelineFile.read(file);
    assertThat(spec.name()).isEqualTo("p");
    assertThat(spec.workspace()).isEqualTo("hdfs://h:9000/w");
    assertThat(spec.origin()).isEqualTo(file.toString());
    assertThat(spec.stages()).extracting(StageSpec::name).containsExactly("zeta", "stats", "alpha");
    assertThat(spec.stages())
        .extracting(StageSpec::where)
        .containsExactly(file + ":5", file + ":6", file + ":7");
    assertThat(
            ConfigFactory.parseString(spec.resolved())
                .getInt("stages.alpha.schedule.one-cycle.epochs"))
        .isEqualTo(3);

    StageSpec stats = spec.stages().get(1);
    assertThat(stats.verifyContent()).isTrue();
    assertThat(stats.cache()).isEqualTo(new CachePolicy(true, Optional.empty()));
    assertThat(stats.settings())
        .isEqualTo(Map.of("spark.executor.memory", "4g", "spark.sql.shuffle.partitions", "8"));

    StageSpec alpha = spec.stages().get(2);
    assertThat(alpha.job()).isSameAs(TestJobs.TRAIN);
    assertThat(alpha.cache()).isEqualTo(new CachePolicy(false, Optional.of(Duration.ofDays(7))));
    assertThat(alpha.retries()).isEqualTo(2);
    assertThat(alpha.retryDelay()).isEqualTo(Duration.ofSeconds(3));
    assertThat(alpha.upstream()).containsExactly("stats", "zeta");
    assertThat(alpha.locations()).containsOnlyKeys("shards", "stats", "architecture.weights");
    assertThat(alpha.settings())
        .containsEntry("spark.executor.memory", "8g")
        .containsEntry("spark.jars", "a,b");
    StageSpec zeta = spec.stages().get(0);
    assertThat(zeta.cache()).isEqualTo(CachePolicy.ALWAYS);
    assertThat(zeta.verifyContent()).isFalse();
    assertThat(zeta.retries()).isZero();
  }

  @Test
  void reportsEveryMistakeWithItsLine() throws IOException {
    Path file = folder.resolve("five-mistakes.conf");
    Files.writeString(file, resource("five-mistakes.conf"));
    assertThat(String.join("\n", files.problems(file)) + "\n")
        .isEqualTo(resource("five-mistakes.txt"));
  }

  @Test
  void resolvesTildeToHomeFolder() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = ~/w",
            "stages { m { job = stats, shards = \"~/nowhere\" } }");
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    assertThat(files.problems(file))
        .containsExactly(
            "p.conf:2: stages.m.shards: '~/nowhere' is not there (looked for "
                + home
                + "/nowhere)");
    Path good =
        files.write(
            "pipeline = p, workspace = ~/w", "stages { m { job = stats, shards = \"~\" } }");
    assertThat(PipelineFile.read(good).workspace()).isEqualTo(home + "/w");
  }

  @Test
  void refusesReferenceToArtifactOfAnotherKind() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "params { net { architecture = linear, schedule { constant { epochs = 1, lr = 0 } } }"
                + " }",
            "stages {",
            "  s { job = stats, shards = \"hdfs://h/x\" }",
            "  right = ${params.net} { job = train, shards = \"@s\", stats = \"@s\" }",
            "  part = ${params.net} { job = train, shards = \"@s\", stats = \"@right/part\" }",
            "  wrong = ${params.net} { job = train, shards = \"@s\", stats = \"@right\" }",
            "}");
    assertThat(files.problems(file))
        .containsExactly(
            "p.conf:7: stages.wrong.stats: '@right' makes a model, but the key needs statistics;"
                + " did you mean '@s'?");
  }

  @Test
  void reportsCyclesOfStages() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "stages {",
            "  a { job = stats, shards = \"@c\" }",
            "  b { job = stats, shards = \"@a/part\" }",
            "  c { job = stats, shards = \"@b\" }",
            "  d { job = stats, shards = \"@d\" }",
            "}");
    assertThat(files.problems(file))
        .containsExactly(
            "p.conf:3: the stages read each other in a cycle: a -> c -> b -> a",
            "p.conf:6: stages.d.shards: '@d' is the stage itself");
  }

  @Test
  void reportsFilesThatAreNoPipeline() throws IOException {
    assertThat(files.problems(folder.resolve("absent.conf")))
        .containsExactly("absent.conf: there is no such pipeline file");
    assertThat(files.problems(Files.createDirectory(folder.resolve("dir"))))
        .containsExactly("dir: this is a folder, not a pipeline file");
    assertThat(files.problems(files.write("pipeline = p", "stages { a = [ }")))
        .singleElement()
        .asString()
        .startsWith("p.conf:2: ");
    assertThat(files.problems(files.write("")))
        .hasSize(3)
        .allSatisfy(problem -> assertThat(problem).startsWith("p.conf:1: "));
    assertThat(files.problems(files.write("pipeline = p, workspace = w, stages { \"../x\" = 3 }")))
        .satisfiesExactly(
            p -> assertThat(p).startsWith("p.conf:1: stages: '../x' is not a name"),
            p -> assertThat(p).startsWith("p.conf:1: stages.../x: '3' is not a stage"));
  }

  @Test
  void stageBuiltOnAnotherHasItsOwnLine() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "stages {",
            "  a { job = stats, shards = \"hdfs://h/x\" }",
            "  b = ${stages.a} { split = test }",
            "}");
    assertThat(PipelineFile.read(file).stages())
        .extracting(StageSpec::name, StageSpec::where)
        .containsExactly(tuple("a", file + ":3"), tuple("b", file + ":4"));
  }

  @Test
  void reportsMissingKeysAtStageBuiltOnParameter() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "params { base { split = test } }",
            "stages {",
            "  b = ${params.base} { job = stats }",
            "}");
    assertThat(files.problems(file))
        .containsExactly("p.conf:4: stages.b.shards: is missing (the dataset)");
  }

  @Test
  void referencesAreReplacedByArtifacts() throws IOException {
    StageSpec alpha = PipelineFile.read(files.sample()).stages().get(2);
    Train train =
        (Train)
            alpha.resolved(
                Map.of(
                    "zeta", URI.create("file:/w/a%20b/zeta/"),
                    "stats", URI.create("hdfs://h:9000/w/a%20b")));
    assertThat(train.shards().text()).isEqualTo("/w/a b/zeta");
    assertThat(train.stats().orElseThrow().text()).isEqualTo("hdfs://h:9000/w/a b");
    assertThat(((Net.ResNet) train.architecture()).weights().orElseThrow().text())
        .isEqualTo("/w/a b/zeta/w");
  }
}
