package io.millrace.jobs.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.jobs.Millrace;
import io.millrace.jobs.cli.CommandLineDoor;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.run.StageOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a Spark session of its own, the first of which takes a few seconds. */
class MillraceSessionTest {
  private static final String PICTURES = "train = 60, test = 20, seed = 7";

  /** Spark keeps the first such folder for as long as the process lives. */
  @TempDir static Path local;

  @TempDir Path temp;
  private SparkSession spark;

  private SparkSession open(Map<String, String> settings) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("mine")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.local.dir", local.toString());
    settings.forEach(builder::config);
    spark = builder.getOrCreate();
    return spark;
  }

  private MillraceSession millrace() {
    return Millrace.on(open(Map.of()));
  }

  @AfterEach
  void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  private String path(String name) {
    return temp.resolve(name).toString();
  }

  /** A pipeline of these stages. */
  private String pipeline(String more) {
    return """
        pipeline = small
        workspace = "%s"
        stages {
          pictures { job = synthesize, %s }
          shards { job = ingest, source { format = cifar10, path = "@pictures" } }
          stats { job = stats, shards = "@shards", split = train }
          %s
        }
        """
        .formatted(path("ws"), PICTURES, more);
  }

  @Test
  void runsOneJobAndReturnsItsResult() {
    MillraceSession millrace = millrace();
    FinishedStage pictures = millrace.run("synthesize", PICTURES, path("pictures"));
    FinishedStage shards =
        millrace.run(
            "ingest",
            "source { format = cifar10, path = \"" + pictures.artifact() + "\" }",
            path("shards"));

    assertThat(shards.outcome()).isEqualTo(StageOutcome.RAN);
    assertThat(shards.artifact()).isEqualTo(path("shards"));
    assertThat(temp.resolve("shards/_dataset.json")).exists();
    assertThat(shards.metrics()).isNotEmpty();
    assertThat(shards.provenance().orElseThrow().fingerprint()).hasSize(64);
    assertThat(shards.provenance().orElseThrow().reproduce()).startsWith("millrace ingest ");
  }

  @Test
  void acceptsShortNamesOfFlags() {
    MillraceSession millrace = millrace();
    millrace.run("synthesize", PICTURES, path("pictures"));
    FinishedStage shards =
        millrace.run(
            "ingest", "format = cifar10, path = \"" + path("pictures") + "\"", path("shards"));
    assertThat(shards.outcome()).isEqualTo(StageOutcome.RAN);
  }

  @Test
  void runsPipelineAndSkipsItTheNextTime() throws IOException {
    String text =
        pipeline(
            """
            model {
              job = train, shards = "@shards", stats = "@stats"
              architecture { name = linear }
              workers = 2, batch = 10, averaging { every = 2 }
              schedule { constant { epochs = 1, lr = 0.01 } }
            }
            """);
    MillraceSession millrace = millrace();
    FinishedPipeline first = millrace.run(text);
    FinishedPipeline second = millrace.run(text);

    assertThat(first.stages()).extracting(FinishedStage::outcome).containsOnly(StageOutcome.RAN);
    assertThat(first.stage("model").provenance().orElseThrow().inputs())
        .containsEntry("shards", first.stage("shards").provenance().orElseThrow().digest());
    assertThat(second.stages())
        .extracting(FinishedStage::outcome)
        .containsOnly(StageOutcome.SKIPPED);
    assertThat(second.stage("model").metrics()).isEqualTo(first.stage("model").metrics());
    assertThat(Files.readString(Path.of(first.folder(), "plan.json")))
        .contains("millrace run " + first.folder() + "/resolved.conf");
  }

  @Test
  void leavesTheSessionAsItWas() {
    MillraceSession millrace = millrace();
    spark.sparkContext().setJobGroup("mine", "my work", true);
    millrace.run(pipeline(""));
    String pictures = millrace.run("synthesize", PICTURES, path("pictures")).artifact();
    millrace.run(
        "ingest", "source { format = cifar10, path = \"" + pictures + "\" }", path("shards"));

    assertThat(spark.sparkContext().isStopped()).isFalse();
    // A job of plain Spark: to start its SQL would take ten seconds.
    JavaSparkContext usable = JavaSparkContext.fromSparkContext(spark.sparkContext());
    assertThat(usable.parallelize(List.of(1, 2, 3), 2).count()).isEqualTo(3);
    assertThat(spark.sparkContext().getLocalProperty("spark.jobGroup.id")).isEqualTo("mine");
    assertThat(spark.sparkContext().getLocalProperty("spark.job.description")).isEqualTo("my work");
  }

  @Test
  void reportsMistakesOfAPipelineAsTheCommandLineDoes() throws IOException {
    String text =
        pipeline("again { job = stats, shards = \"@shrads\", splitt = train, split = trian }");
    Path file = Files.writeString(temp.resolve("small.conf"), text);
    MillraceSession millrace = millrace();

    ConfigurationException mistakes =
        catchThrowableOfType(ConfigurationException.class, () -> millrace.run(text));
    assertThat(mistakes.problems()).hasSize(3);
    assertThat(mistakes.problems()).extracting(Problem::where).containsOnly("HOCON text:7");
    assertThat(mistakes.problems()).allMatch(problem -> problem.excerpt().isPresent());
    String said = saidByCommandLine("run", file.toString());
    assertThat(mistakes.problems()).allMatch(problem -> said.contains(problem.message()));
  }

  @Test
  void reportsMistakesOfAJobAsTheCommandLineDoes() {
    MillraceSession millrace = millrace();
    ConfigurationException mistakes =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> millrace.run("synthesize", "train = many, test = -1", ""));
    assertThat(mistakes.problems()).hasSize(3);
    String said = saidByCommandLine("synthesize", "--train", "many", "--test", "-1");
    assertThat(mistakes.problems()).allMatch(problem -> said.contains(problem.toString()));
  }

  private static String saidByCommandLine(String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    assertThat(CommandLineDoor.open(stream, stream).run(arguments)).isEqualTo(2);
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void refusesUnknownJob() {
    MillraceSession millrace = millrace();
    assertThatThrownBy(() -> millrace.run("ingset", "", path("out")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("there is no job 'ingset'; did you mean 'ingest'? the jobs are: ");
  }

  @Test
  void refusesKryo() {
    SparkSession kryo =
        open(Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer"));
    assertThatThrownBy(() -> Millrace.on(kryo))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot work in this Spark session: its spark.serializer is"
                + " org.apache.spark.serializer.KryoSerializer, which can't write the results of"
                + " tasks; start the session with spark.serializer ="
                + " org.apache.spark.serializer.JavaSerializer");
  }

  @Test
  void refusesStoppedSession() {
    MillraceSession millrace = millrace();
    spark.stop();
    String sentence =
        "Cannot work in this Spark session: it is stopped; open another session and use that";
    assertThatThrownBy(() -> Millrace.on(spark))
        .isInstanceOf(CannotException.class)
        .hasMessage(sentence);
    assertThatThrownBy(() -> millrace.run("synthesize", PICTURES, path("pictures")))
        .isInstanceOf(CannotException.class)
        .hasMessage(sentence);
    assertThat(temp.resolve("pictures")).doesNotExist();
  }

  @Test
  void reportsSessionStoppedMidwayAndResumesInTheNext() throws Exception {
    MillraceSession millrace = millrace();
    // Spark refuses to be stopped by the thread that tells its listeners.
    Thread stopping = new Thread(spark::stop);
    CountDownLatch begun = new CountDownLatch(1);
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onJobStart(SparkListenerJobStart start) {
                if (begun.getCount() > 0) {
                  begun.countDown();
                  stopping.start();
                }
              }
            });
    PipelineFailedException failure =
        catchThrowableOfType(PipelineFailedException.class, () -> millrace.run(pipeline("")));
    assertThat(failure.getMessage())
        .contains(
            ": the Spark session was stopped while it worked; open another and repeat the call");
    assertThat(failure.result().stage("pictures").outcome()).isEqualTo(StageOutcome.RAN);

    stopping.join();
    FinishedPipeline again = millrace().run(pipeline(""));
    assertThat(again.stage("pictures").outcome()).isEqualTo(StageOutcome.SKIPPED);
    assertThat(again.stage("stats").outcome()).isEqualTo(StageOutcome.RAN);
  }

  @Test
  void runsConcurrentCallsOneAfterAnother() throws Exception {
    MillraceSession millrace = millrace();
    ExecutorService callers = Executors.newFixedThreadPool(2);
    try {
      Future<FinishedPipeline> one = callers.submit(() -> millrace.run(pipeline("")));
      Future<FinishedPipeline> other = callers.submit(() -> Millrace.on(spark).run(pipeline("")));
      assertThat(List.of(one.get(), other.get()))
          .extracting(call -> call.stage("stats").outcome())
          .containsExactlyInAnyOrder(StageOutcome.RAN, StageOutcome.SKIPPED);
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void reportsIneffectiveSettingsAndRefusesConflictingOnes() {
    MillraceSession millrace = millrace();
    FinishedStage pictures =
        millrace.run(
            "synthesize",
            PICTURES + ", spark { master = \"local[2]\", executor { memory = 4g } }",
            path("pictures"));
    assertThat(pictures.notices())
        .containsExactly(
            "spark.executor.memory = 4g has no effect in a Spark session that runs already, which"
                + " doesn't set it.");
    assertThatThrownBy(
            () ->
                millrace.run(
                    "synthesize",
                    PICTURES + ", spark { master = \"spark://host:7077\" }",
                    path("more")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "spark: spark.master = spark://host:7077 can't be set in a Spark session that runs"
                + " already, which has local[2]; leave it out, or start the session with it");
  }

  @Test
  void throwsTheSentenceOfTheFailedJob() throws IOException {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    MillraceSession millrace = millrace();
    assertThatThrownBy(
            () ->
                millrace.run(
                    "ingest",
                    "source { format = folder, path = \"" + empty + "\" }",
                    path("shards")))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot ");
  }
}
