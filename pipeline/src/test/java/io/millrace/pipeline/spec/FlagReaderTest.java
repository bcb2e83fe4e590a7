package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.Problem;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.spec.TestJobs.Format;
import io.millrace.pipeline.spec.TestJobs.Ingest;
import io.millrace.pipeline.spec.TestJobs.Net;
import io.millrace.pipeline.spec.TestJobs.Plan;
import io.millrace.pipeline.spec.TestJobs.Step;
import io.millrace.pipeline.spec.TestJobs.Train;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagReaderTest {
  private static Flag flag(Job<?> job, String path) {
    return FlagReader.flags(job).stream()
        .filter(flag -> flag.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> problems(Job<?> job, Map<String, String> values) {
    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, () -> FlagReader.read(job, values));
    return thrown.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void everyKeyHasFullFlagAndShortFlagIfUnique() {
    assertThat(flag(TestJobs.INGEST, "source.format"))
        .isEqualTo(
            new Flag(
                "source.format",
                List.of("--source.format", "--format"),
                List.of(),
                List.of(),
                "name",
                "the layout",
                Optional.empty(),
                true,
                List.of("cifar10", "cifar-100", "folder")));
    assertThat(flag(TestJobs.INGEST, "max-quarantine").defaultText()).contains("1%");
    assertThat(flag(TestJobs.INGEST, "limit").required()).isFalse();
    assertThat(flag(TestJobs.TRAIN, "schedule.constant.lr").names())
        .containsExactly("--schedule.constant.lr");
    assertThat(flag(TestJobs.TRAIN, "schedule.one-cycle.momentum").names())
        .containsExactly("--schedule.one-cycle.momentum", "--momentum");
    assertThat(flag(TestJobs.TRAIN, "architecture.name").choices())
        .containsExactly("conv-net", "linear", "resnet");
    Flag both = flag(TestJobs.TRAIN, "schedule.lr");
    assertThat(both.names()).containsExactly("--schedule.lr", "--lr");
    assertThat(both.type()).isEqualTo("number");
    Flag shared = flag(TestJobs.TRAIN, "architecture.channels");
    assertThat(shared.doc()).isEqualTo("widths, or channels");
    assertThat(shared.defaultText()).isEmpty();
    List<String> names =
        FlagReader.flags(TestJobs.TRAIN).stream().flatMap(flag -> flag.names().stream()).toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void bindsFlags(@TempDir Path folder) throws IOException {
    Path odd = Files.createFile(folder.resolve("[1] true.bin"));
    StageSpec stage =
        FlagReader.read(
            TestJobs.INGEST,
            Map.of(
                "source.format", "cifar10",
                "source.path", odd.toString(),
                "max-quarantine", "100%",
                "spark.master", "local[1]"));
    Ingest ingest = (Ingest) stage.parameters();
    assertThat(ingest.source().format()).isEqualTo(Format.CIFAR10);
    assertThat(ingest.source().path().text()).isEqualTo(odd.toString());
    assertThat(ingest.maxQuarantine().fraction()).isEqualTo(1);
    assertThat(ingest.readers()).isEqualTo(2);
    assertThat(stage.name()).isEqualTo("ingest");
    assertThat(stage.settings()).isEqualTo(Map.of("spark.master", "local[1]"));
    assertThat(stage.resolved(Map.of())).isEqualTo(ingest);
  }

  @Test
  void choicesAndListsTakeHoconOrOwnFlags() {
    Map<String, String> values =
        Map.of(
            "shards", "hdfs://h/shards",
            "architecture", "resnet",
            "architecture.channels", "[4, 8]",
            "schedule.one-cycle.epochs", "2",
            "schedule.one-cycle.lr", "0.5",
            "augment", "[{ random-crop = 8 }, grey]");
    Train train = (Train) FlagReader.read(TestJobs.TRAIN, values).parameters();
    assertThat(train.architecture()).isEqualTo(new Net.ResNet(List.of(4, 8), Optional.empty()));
    assertThat(train.schedule()).isEqualTo(new Plan.OneCycle(2, 0.5, List.of(0.95, 0.85)));
    assertThat(train.augment()).containsExactly(new Step.RandomCrop(8), new Step.Grey());
  }

  @Test
  void problemsNameTheFlag() {
    assertThat(problems(TestJobs.INGEST, Map.of("max-quarantine", "2")))
        .containsExactly(
            "--max-quarantine: '2' is not within 0% to 100% (0 to 1)",
            "--source.format: is missing (the layout)",
            "--source.path: is missing (where the pictures are)");
    assertThat(
            problems(
                TestJobs.TRAIN,
                Map.of(
                    "shards", "@shards",
                    "architecture", "resent",
                    "augment", "[{ random-crop = 8 }, { random-crop = x }]",
                    "schedule", "{ constant { epochs = 1, lr = 3 } }",
                    "workers", "some")))
        .satisfiesExactly(
            p ->
                assertThat(p)
                    .startsWith("--architecture: name: there is no 'resent'; did you mean"),
            p ->
                assertThat(p)
                    .isEqualTo("--augment: [1].random-crop.size: 'x' is not a whole number"),
            p -> assertThat(p).isEqualTo("--schedule.constant: lr 3.0 exceeds epochs 1"),
            p -> assertThat(p).startsWith("--shards: '@shards' names a stage"),
            p -> assertThat(p).isEqualTo("--workers: 'some' is not a whole number"));
    assertThat(problems(TestJobs.STATS, Map.of("shards", "/no/such", "split", "tset")))
        .containsExactly(
            "--shards: '/no/such' is not there",
            "--split: there is no 'tset'; did you mean 'test'? the choices are: test, train");
  }

  private static Train train(String... flags) {
    Map<String, String> values = new HashMap<>(Map.of("shards", "hdfs://h/shards"));
    for (int i = 0; i < flags.length; i += 2) {
      values.put(flags[i], flags[i + 1]);
    }
    return (Train) FlagReader.read(TestJobs.TRAIN, values).parameters();
  }

  private static List<String> refused(String... flags) {
    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, () -> train(flags));
    return thrown.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void shortFlagSetsTheKeyOfTheChosenVariant() {
    Plan.OneCycle cycle = new Plan.OneCycle(5, 0.2, List.of(0.9, 0.8));
    Net.ResNet net = new Net.ResNet(List.of(4, 8), Optional.empty());
    for (String schedule : List.of("one-cycle", "{ one-cycle { epochs = 5 } }")) {
      Train train =
          train(
              "architecture",
              "resnet",
              "channels",
              "4,8",
              "schedule",
              schedule,
              "epochs",
              "5",
              "lr",
              "0.2",
              "momentum",
              "0.9, 0.8");
      assertThat(train.architecture()).isEqualTo(net);
      assertThat(train.schedule()).isEqualTo(cycle);
    }
    // One flag that a single choice has says which it is.
    assertThat(
            train("name", "resnet", "momentum", "[0.9, 0.8]", "lr", "0.2", "schedule.epochs", "5")
                .schedule())
        .isEqualTo(cycle);
    assertThat(
            train("name", "linear", "schedule", "constant", "lr", "0.2", "epochs", "5").schedule())
        .isEqualTo(new Plan.Constant(5, 0.2));
  }

  @Test
  void refusesFlagOfAnotherChoice() {
    assertThat(
            refused(
                "architecture",
                "linear",
                "channels",
                "4",
                "schedule",
                "constant",
                "lr",
                "0.2",
                "epochs",
                "5",
                "momentum",
                "0.9,0.8"))
        .containsExactly(
            "--channels: architecture = linear does not have this key; conv-net and resnet do",
            "--momentum: schedule = constant does not have this key; one-cycle does");
    assertThat(refused("architecture", "linear", "lr", "0.2"))
        .contains(
            "--lr: it needs a schedule: give --schedule, which can be constant" + " or one-cycle");
  }
}
