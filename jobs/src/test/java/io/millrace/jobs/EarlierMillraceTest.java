package io.millrace.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.cli.CommandLineDoor;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.stats.StatsParameters;
import io.millrace.jobs.testing.JobRunner;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.store.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Millrace 0.1.0 made: the resources in {@code earlier} are its workspace after a run of the
 * pipeline beside them and after one that was killed, and its predictions of some pictures.
 */
class EarlierMillraceTest {
  private static final Pattern NUMBER = Pattern.compile("0\\.[0-9]+|[0-9.]+E-[0-9]+");

  /** Of a float, a few units in the last place. */
  private static final double LAST_DIGITS = 2e-6;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;
  private Path earlier;
  private Path workspace;

  @BeforeEach
  void copy() throws IOException, URISyntaxException {
    earlier = Path.of(EarlierMillraceTest.class.getResource("earlier").toURI());
    workspace = folder.resolve("work");
    for (String part : List.of("artifacts", "unfinished")) {
      try (Stream<Path> all = Files.walk(earlier.resolve(part))) {
        for (Path each : all.toList()) {
          Path copy = workspace.resolve(earlier.relativize(each).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(each, copy);
        }
      }
    }
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  private URI artifact(String stage) {
    return Workspace.open(workspace.toString(), Map.of()).artifacts(stage).get(0).folder();
  }

  private int run(String... words) {
    out.reset();
    err.reset();
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(words);
  }

  private String[] pipeline(String command, String... more) {
    List<String> words =
        Stream.concat(
                Stream.of(
                    command,
                    earlier.resolve("pipeline.conf").toString(),
                    "--set",
                    "workspace=" + workspace,
                    "--master",
                    "local[1]"),
                Stream.of(more))
            .toList();
    return words.toArray(String[]::new);
  }

  @Test
  void modelOfEarlierVersionPredictsTheSame() throws IOException {
    Model model = Model.open(artifact("model"));
    assertThat(model.architecture()).isEqualTo(new ConvNet(List.of(4)));
    Path labels = folder.resolve("labels.csv");
    int status =
        run(
            "predict",
            "--model",
            Path.of(artifact("model")).toString(),
            "--path",
            earlier.resolve("pictures").toString(),
            "--top",
            "10",
            "--output",
            labels.toString(),
            "--master",
            "local[1]");
    assertThat(status).as(err.toString(UTF_8)).isZero();
    assertSame(Files.readString(labels), Files.readString(earlier.resolve("labels.csv")));
  }

  /**
   * The text is equal except for the last digits of numbers: kernels of other processors sum in
   * another order, and what is kept was made on one of them.
   */
  private static void assertSame(String text, String expected) {
    assertThat(NUMBER.matcher(text).replaceAll("#"))
        .isEqualTo(NUMBER.matcher(expected).replaceAll("#"));
    Matcher found = NUMBER.matcher(text);
    Matcher wanted = NUMBER.matcher(expected);
    while (found.find() && wanted.find()) {
      double number = Double.parseDouble(wanted.group());
      assertThat(Double.parseDouble(found.group())).isCloseTo(number, within(LAST_DIGITS * number));
    }
  }

  @Test
  void datasetOfEarlierVersionHasTheSameStatistics() throws Exception {
    Dataset dataset = Dataset.open(artifact("shards"));
    assertThat(dataset.images(Split.TRAIN)).isEqualTo(30);
    StatsParameters parameters =
        new StatsParameters(new Location(Path.of(artifact("shards")).toString()), Split.TRAIN);
    JobRunner.Done stats = JobRunner.run(new StatsJob(), parameters, folder, "stats");
    assertThat(stats.result().digest())
        .isEqualTo(
            Workspace.artifactAt(artifact("stats").toString()).orElseThrow().manifest().digest());
  }

  @Test
  void planSaysWhyStagesOfEarlierVersionRunAgain() {
    String form =
        "made by an earlier version of Millrace, which wrote parameters with all defaults";
    assertThat(run(pipeline("plan"))).as(err.toString(UTF_8)).isZero();
    assertThat(lines(out)).anyMatch(it -> it.matches("shards +run +job version 3, now 4"));
    assertThat(lines(out)).anyMatch(it -> it.matches("model +run .*" + form));
    assertThat(lines(out)).anyMatch(it -> it.matches("test +run +job version 1, now 2"));
    assertThat(lines(err))
        .anyMatch(it -> it.endsWith("stages.shards.order: 'order' is an old name; write shuffle"))
        .hasSize(2);
    assertThat(
            run(
                pipeline(
                    "plan",
                    "--set",
                    "stages.model.batch=7",
                    "--set",
                    "stages.model.schedule.one-cycle.div=10",
                    "--set",
                    "stages.model.optimizer=adam")))
        .isZero();
    assertThat(lines(out))
        .anyMatch(
            it ->
                it.endsWith(
                    "batch was 5, now 7; optimiser was { sgd {} } (the default), now adam;"
                        + " schedule.one-cycle.div was 25 (the default), now 10"));
  }

  @Test
  void restartsUnfinishedTrainingOfEarlierVersionWithNotice() {
    assertThat(run(pipeline("run", "--only", "stopped"))).as(err.toString(UTF_8)).isZero();
    assertThat(lines(err))
        .anyMatch(
            it -> it.startsWith("stopped: A run that did not finish left work of this stage, but"))
        .noneMatch(it -> it.contains("resumes"));
    assertThat(lines(out)).anyMatch(it -> it.matches("stopped +ran .*"));
  }

  private static List<String> lines(ByteArrayOutputStream stream) {
    return stream.toString(UTF_8).lines().toList();
  }
}
