package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.typesafe.config.ConfigFactory;
import io.millrace.pipeline.spec.TestJobs.Net;
import io.millrace.pipeline.spec.TestJobs.Plan;
import io.millrace.pipeline.spec.TestJobs.Stats;
import io.millrace.pipeline.spec.TestJobs.Train;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

  /** A small pipeline of three stages, its epochs and its data being parameters. */
  private Path pipeline() throws IOException {
    Files.createFile(folder.resolve("data.bin"));
    return files.write(
        "pipeline = p, workspace = \"hdfs://h:9000/w\"",
        "params { epochs = 3, lr = 0.1, data = \"" + folder + "/data.bin\" }",
        "spark { executor { memory = 4g }, \"sql.shuffle.partitions\" = 8 }",
        "stages {",
        "  zeta  { job = ingest, source { format = folder, path = ${params.data} } }",
        "  stats { job = stats, shards = \"@zeta\", cache = never, verify = content }",
        "  alpha { job = train, shards = \"@zeta\", stats = \"@stats\"",
        "          architecture { name = resnet, weights = \"@zeta/w\" }",
        "          schedule { one-cycle { epochs = ${params.epochs}, lr = ${params.lr} } }",
        "          retries = 2, retry-delay = 3s, cache { max-age = 7d }",
        "          spark { executor.memory = 8g, jars = [a, b] } }",
        "}");
  }

  @Test
  void readsAWholePipelineInTheOrderOfTheFile() throws IOException {
    Path file = pipeline();
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
  void everyMistakeIsNamedWithItsLine() throws IOException {
    Path file = folder.resolve("five-mistakes.conf");
    Files.writeString(file, resource("five-mistakes.conf"));
    assertThat(String.join("\n", files.problems(file)) + "\n")
        .isEqualTo(resource("five-mistakes.txt"));
  }

  @Test
  void overridesAreSeenBySubstitutions() throws IOException {
    Path file = pipeline();
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
  void overridesReplaceObjectsAndReachAnyKeyOfAStage() throws IOException {
    Path file = pipeline();
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
  void badOverridesAreProblemsOfTheirOwn() throws IOException {
    assertThat(
            files.problems(
                pipeline(),
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
                        "--set params.epoch: there is no 'epoch' in params; did you mean 'epochs'?"),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "--set params.epochs: stages.alpha.schedule.one-cycle.epochs: 'many' is no whole number"),
            p ->
                assertThat(p)
                    .startsWith(
                        "--set stages.alhpa.workers: there is no 'alhpa' in stages; did you mean 'alpha'?"),
            p ->
                assertThat(p)
                    .startsWith(
                        "--set stages.alpha.wrokers: stages.alpha.wrokers: there is no such key; did you mean 'workers'?"),
            p ->
                assertThat(p)
                    .startsWith(
                        "--set workspce: there is no key 'workspce'; did you mean 'workspace'?"),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "--set params.lr: takes a key and a value: write --set params.lr=VALUE"),
            p -> assertThat(p).startsWith("--set params.lr: the value is no HOCON"),
            p -> assertThat(p).startsWith("--set a..b: 'a..b' is no key"));
  }

  @Test
  void aParameterThatTheFileOnlyAsksForMaySetIt() throws IOException {
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

  @Test
  void aSubstitutedValueIsNamedWhereItWasWritten() throws IOException {
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
            "p.conf:4: stages.m.schedule.constant.epochs: 'some' is no whole number",
            "common.conf:3: stages.m.workers: 'none' is no whole number");
  }

  @Test
  void substitutionsWithoutAValueAreNamedWithTheOtherProblems() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "stages { m { job = train, shards = ${params.nowhere}, architecture = linear",
            "  schedule { constant { epochs = ${nor-here}, lr = 0 } }",
            "  workers = some } }");
    assertThat(files.problems(file))
        .containsExactly(
            "p.conf:2: stages.m.shards: ${params.nowhere} has no value: neither the file nor the environment sets it",
            "p.conf:3: stages.m.schedule.constant.epochs: ${nor-here} has no value: neither the file nor the environment sets it",
            "p.conf:4: stages.m.workers: 'some' is no whole number");
  }

  @Test
  void anIncludeThatIsNotThereIsAProblem() throws IOException {
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
  void everyKindOfIncludeThatHasNothingIsNamedWithTheOtherProblems() throws IOException {
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
                    .endsWith("; for the one beside this file write include \"beside.conf\""),
            it ->
                assertThat(it)
                    .isEqualTo(
                        "p.conf:5: include url(\"file:far.conf\"): nothing can be read there"),
            it ->
                assertThat(it)
                    .isEqualTo(
                        "p.conf:6: include classpath(\"nowhere.conf\"): the class path holds no such"
                            + " file"),
            it -> assertThat(it).startsWith("p.conf:7: stages.m.colour: there is no such key"),
            it ->
                assertThat(it)
                    .isEqualTo("beside.conf:3: include \"deeper.conf\": there is no such file"));
  }

  @Test
  void aTildeIsTheHomeFolder() throws IOException {
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
  void includesOfEveryKindAreRead() throws IOException {
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
  void objectsBuiltOnNothingAreProblemsToo() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "params { a = ${params.b}, b = 1, o { seed = 1 } }",
            "stages {",
            "  m = ${nowhere} { job = train }",
            "  n { job = train, shards = \"hdfs://h/x\", architecture = ${nothing} { name = linear }",
            "    schedule { constant = ${?params.o} { epochs = 1 } } }",
            "  o { job = stats, shards = ${params.dir}\"/x\" }",
            "}");
    assertThat(files.problems(file))
        .containsExactly(
            "p.conf:2: stages.n.schedule.constant.seed: there is no such key; the keys are: epochs, lr",
            "p.conf:4: stages.m: ${nowhere} has no value: neither the file nor the environment sets it",
            "p.conf:5: stages.n.architecture: ${nothing} has no value: neither the file nor the environment sets it",
            "p.conf:6: stages.n.schedule.constant.lr: is missing (learning rate)",
            "p.conf:7: stages.o.shards: ${params.dir} has no value: neither the file nor the environment sets it");
    assertThat(files.problems(files.write("a = ${b}", "b = ${a}", "pipeline = p"))).hasSize(1);
  }

  @Test
  void aReferenceToAnArtifactOfAnotherKindIsRefused() throws IOException {
    Path file =
        files.write(
            "pipeline = p, workspace = w",
            "params { net { architecture = linear, schedule { constant { epochs = 1, lr = 0 } } } }",
            "stages {",
            "  s { job = stats, shards = \"hdfs://h/x\" }",
            "  right = ${params.net} { job = train, shards = \"@s\", stats = \"@s\" }",
            "  part = ${params.net} { job = train, shards = \"@s\", stats = \"@right/part\" }",
            "  wrong = ${params.net} { job = train, shards = \"@s\", stats = \"@right\" }",
            "}");
    assertThat(files.problems(file))
        .containsExactly(
            "p.conf:7: stages.wrong.stats: '@right' makes a model, but the key takes statistics;"
                + " did you mean '@s'?");
  }

  @Test
  void cyclesAreNamed() throws IOException {
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
            "p.conf:3: the stages read one another in a circle: a -> c -> b -> a",
            "p.conf:6: stages.d.shards: '@d' is the stage itself");
  }

  @Test
  void whatIsNoPipelineIsOneProblem() throws IOException {
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
            p -> assertThat(p).startsWith("p.conf:1: stages: '../x' is no name"),
            p -> assertThat(p).startsWith("p.conf:1: stages.../x: '3' is no stage"));
  }

  @Test
  void aStageBuiltOnAnotherKeepsItsOwnLine() throws IOException {
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
  void whatAStageBuiltOnAParameterLacksIsNamedAtTheStage() throws IOException {
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
    StageSpec alpha = PipelineFile.read(pipeline()).stages().get(2);
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
