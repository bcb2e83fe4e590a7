package io.millrace.pipeline.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.pipeline.job.ByteSize;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import io.millrace.pipeline.spec.TestJobs.Format;
import io.millrace.pipeline.spec.TestJobs.Ingest;
import io.millrace.pipeline.spec.TestJobs.Net;
import io.millrace.pipeline.spec.TestJobs.Plan;
import io.millrace.pipeline.spec.TestJobs.Source;
import io.millrace.pipeline.spec.TestJobs.Step;
import io.millrace.pipeline.spec.TestJobs.Train;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {
  @TempDir Path folder;
  private PipelineFile files;
  private Path data;

  @BeforeEach
  void data() throws IOException {
    files = new PipelineFile(folder);
    data = Files.createFile(folder.resolve("data set: 1.bin"));
  }

  private Path withStage(String... keys) throws IOException {
    return files.write(
        "pipeline = p, workspace = w",
        "stages {",
        "  shards { job = ingest, source { format = cifar10, path = \"" + data + "\" } }",
        "  x {",
        String.join("\n", keys),
        "  }",
        "}");
  }

  private Record bound(String... keys) throws IOException {
    return PipelineFile.read(withStage(keys)).stages().get(1).parameters();
  }

  private List<String> problems(String... keys) throws IOException {
    return files.problems(withStage(keys));
  }

  @Test
  void fillsInDefaults() throws IOException {
    assertThat(bound("job = ingest", "source { format = folder, path = \"@shards\" }"))
        .isEqualTo(
            new Ingest(
                new Source(Format.FOLDER, new Location("@shards")),
                new ByteSize(128_000_000),
                new Share(0.01),
                2,
                Optional.empty()));
    assertThat(
            bound(
                "job = train, shards = \"@shards\", architecture = linear",
                "schedule { constant { epochs = 3, lr = 1 } }"))
        .isEqualTo(
            new Train(
                new Location("@shards"),
                Optional.empty(),
                new Net.Linear(),
                List.of(),
                new Plan.Constant(3, 1),
                2,
                0,
                false,
                Duration.ofSeconds(60),
                ""));
  }

  @Test
  void mapsEveryKindOfKey() throws IOException {
    assertThat(
            bound(
                "job = ingest, source { format = cifar-100, path = \"" + data + "\" }",
                "shard-bytes = 64KiB, max-quarantine = 0.25, readers = \"7\", limit = 1e3"))
        .isEqualTo(
            new Ingest(
                new Source(Format.CIFAR_100, new Location(data.toString())),
                new ByteSize(65536),
                new Share(0.25),
                7,
                Optional.of(1000L)));
    assertThat(
            bound(
                "job = train, shards = \"s3a://b/x y\", stats = \"@shards/part\"",
                "architecture { name = resnet, channels = [8] }, workers = 4",
                "augment = [{ random-crop = 32 }, { flip { chance = 1 } }, grey, { grey {} }]",
                "schedule { one-cycle { epochs = 5, lr = 1e-1, momentum = [1, 0] } }",
                "seed = -9007199254740993, flips = yes, checkpoint-every = 2m, note = 007"))
        .isEqualTo(
            new Train(
                new Location("s3a://b/x y"),
                Optional.of(new Location("@shards/part")),
                new Net.ResNet(List.of(8), Optional.empty()),
                List.of(
                    new Step.RandomCrop(32), new Step.Flip(1), new Step.Grey(), new Step.Grey()),
                new Plan.OneCycle(5, 0.1, List.of(1.0, 0.0)),
                4,
                -9007199254740993L,
                true,
                Duration.ofMinutes(2),
                "007"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "workers = umpteen          | x.workers: 'umpteen' is not a whole number",
        "workers = 2.5              | x.workers: '2.5' is not a whole number",
        "workers = 0                | x.workers: '0' is too small: the least value is 1",
        "workers = 3000000000       | x.workers: '3000000000' is out of range",
        "workers = [1]              | x.workers: a list can't be used: it takes a whole number",
        "seed = 9223372036854775808 | x.seed: '9223372036854775808' is out of range",
        "flips = maybe              | x.flips: 'maybe' is neither true nor false",
        "note = { a = 1 }           | x.note: { } can't be used: it takes text",
        "checkpoint-every = 60      | '60' is not a duration: write a unit",
        "checkpoint-every = soon    | 'soon' is not a duration",
        "stats = \"/no/such/place\" | x.stats: '/no/such/place' is not there",
        "stats = \"file:///no/such\" | 'file:///no/such' is not there (looked for /no/such)",
        "stats = \"\"               | x.stats: '' is not a path",
        "augment = grey             | x.augment: 'grey' is not a list",
        "augment = [{ random-corp = 3 }] | x.augment[0]: there is no 'random-corp'; did you mean"
            + " 'random-crop'? the choices are: flip, grey, random-crop",
        "augment = [grey, { random-crop = tiny }] | x.augment[1].random-crop.size: 'tiny' is not a"
            + " whole number",
        "augment = [{ grey = 1 }]   | x.augment[0].grey: takes no value",
        "augment = [{ flip {}, grey {} }] | x.augment[0]: only one of [flip, grey] may be given",
        "augment = [{}]             | x.augment[0]: { } is empty",
        "augment = [random-crop]    | x.augment[0].random-crop.size: is missing (side)",
        "augment = [{ random-crop = 9 }, { random-crop = 8 }] | x.augment[1]: a picture is cropped"
            + " once",
        "architecture = { name = resent } | x.architecture.name: there is no 'resent'; did you mean"
            + " 'resnet'?",
        "architecture = { channels = [1] } | x.architecture.name: is missing",
        "architecture = { name = resnet, channels = [1, 0] } | x.architecture.channels[1]: '0' is"
            + " too small",
        "architecture = { name = resnet, chanels = [1] } | x.architecture.chanels: there is no such"
            + " key; did you mean 'channels'?",
        "schedule = { constant { epochs = 1, lr = 2 } } | x.schedule.constant: lr 2.0 exceeds"
            + " epochs 1",
        "schedule = { constant { epochs = 1, lr = NaN } } | x.schedule.constant.lr: 'NaN' is not a"
            + " number",
        "schedule = null            | x.schedule: is missing (how to train)",
        "wrokers = 3                | x.wrokers: there is no such key; did you mean 'workers'?",
        "cache = sometimes          | x.cache: there is no 'sometimes'",
        "retries = -1               | x.retries: '-1' is too small",
        "verify = contents          | there is no 'contents'; did you mean 'content'?",
        "spark = local              | x.spark: 'local' can't be used",
      })
  void problemNamesKeyValueAndLine(String bad, String message) throws IOException {
    String good =
        "job = train, shards = \"@shards\", architecture = linear, "
            + "schedule { constant { epochs = 3, lr = 1 } }";
    assertThat(problems(good + "\n", bad))
        .singleElement()
        .asString()
        .startsWith("p.conf:" + (bad.contains("null") ? "4" : "7") + ": stages.")
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource({
    "max-quarantine = 101%, '101%' is not within",
    "max-quarantine = -0.1, '-0.1' is not within",
    "max-quarantine = some, 'some' is not a share",
    "shard-bytes = 12 parsecs, '12 parsecs' is not a size",
    "shard-bytes = 999, '999' is too small: the least value is 1000",
    "limit = some, 'some' is not a whole number"
  })
  void namesBadSizesAndShares(String bad, String message) throws IOException {
    assertThat(problems("job = ingest, source { format = folder, path = \"@shards\" }", bad))
        .singleElement()
        .asString()
        .startsWith("p.conf:6: ")
        .contains(message);
  }

  @Test
  void reportsMissingKeysAtTheirObject() throws IOException {
    assertThat(problems("job = ingest", "source {", "}"))
        .containsExactly(
            "p.conf:6: stages.x.source.format: is missing (the layout)",
            "p.conf:6: stages.x.source.path: is missing (where the pictures are)");
    assertThat(problems("retries = 1"))
        .containsExactly("p.conf:4: stages.x.job: is missing (the job that the stage does)");
    assertThat(problems("jbo = stats"))
        .containsExactly(
            "p.conf:4: stages.x.job: is missing (the job that the stage does); is it misspelt as"
                + " 'jbo'?");
  }

  @Test
  void relativePathsAreMadeAbsolute() throws IOException {
    assertThat(bound("job = stats, shards = pom.xml").toString())
        .contains("shards=" + Path.of("pom.xml").toAbsolutePath());
    assertThat(bound("job = stats, shards = \"file:" + data + "\"").toString())
        .contains("shards=" + data);
  }
}
