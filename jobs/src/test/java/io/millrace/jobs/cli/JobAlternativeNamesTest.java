package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.architecture.catalogue.ResNet;
import io.millrace.jobs.evaluate.EvaluateJob;
import io.millrace.jobs.evaluate.EvaluateParameters;
import io.millrace.jobs.evaluate.Portion;
import io.millrace.jobs.optimiser.Optimiser;
import io.millrace.jobs.schedule.OneCycle;
import io.millrace.jobs.train.TrainJob;
import io.millrace.jobs.train.TrainParameters;
import io.millrace.jobs.transform.CentreCrop;
import io.millrace.jobs.transform.ColourJitter;
import io.millrace.pipeline.spec.FlagReader;
import io.millrace.pipeline.spec.StageSpec;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other spellings, old names and short flags of the jobs themselves. */
class JobAlternativeNamesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  private int run(String... words) {
    out.reset();
    err.reset();
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(words);
  }

  /** A training that is valid except for these words. */
  private int runLinear(String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("train", "--shards", "s3a://b/x", "--stats", "s3a://b/y"));
    words.addAll(List.of("--architecture", "linear", "--schedule", "constant"));
    words.addAll(List.of("--epochs", "1", "--lr", "0.1"));
    words.addAll(List.of(more));
    words.addAll(List.of("--output", folder.resolve("m").toString()));
    return run(words.toArray(String[]::new));
  }

  private static TrainParameters train(String... flags) {
    Map<String, String> values = new HashMap<>(Map.of("shards", "s3a://b/x", "stats", "s3a://b/y"));
    for (int i = 0; i < flags.length; i += 2) {
      values.put(flags[i], flags[i + 1]);
    }
    return (TrainParameters) FlagReader.read(new TrainJob(), values).parameters();
  }

  @Test
  void readsTrainingParametersFromShortFlags() {
    TrainParameters train =
        train(
            "architecture",
            "resnet",
            "channels",
            "16,32,64",
            "schedule",
            "one-cycle",
            "epochs",
            "5",
            "lr",
            "0.2",
            "momentum",
            "0.9,0.8",
            "optimizer",
            "adam",
            "weight-decay",
            "0.01",
            "augment",
            "[{ center-crop = 8 }, { color-jitter {} }]");
    assertThat(train.architecture()).isEqualTo(new ResNet(List.of(16, 32, 64)));
    assertThat(train.schedule()).contains(new OneCycle(5, 0.2, List.of(0.9, 0.8)));
    assertThat(train.optimiser()).isEqualTo(new Optimiser.Adam(0.999, 1e-8, 0.01, false));
    assertThat(train.augment()).hasExactlyElementsOfTypes(CentreCrop.class, ColourJitter.class);
  }

  @Test
  void refusesFlagOfAnotherSchedule() {
    int status = runLinear("--final-div", "10");
    assertThat(status).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo("--final-div: schedule = constant does not have this key; one-cycle does\n");
  }

  @Test
  void refusesTwoSpellingsOfOneFlag() {
    assertThat(run("ingest", "--order", "source", "--shuffle", "full")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("is the same key as --order, which is also given");
  }

  @Test
  void helpAndCompletionShowShortFlags() {
    assertThat(run("train", "--help")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("--lr, --schedule.lr=LIST", "--optimiser, --optimizer=OPTIMISER")
        .doesNotContain("--optimizer.adam");
    assertThat(run("completion")).isZero();
    assertThat(out.toString(UTF_8)).contains("--schedule.lr|--lr)", "--optimizer");
  }

  @Test
  void evaluationReadsOldNamesAndDefaultsToTheModelsEngine() {
    StageSpec stage =
        FlagReader.read(
            new EvaluateJob(),
            Map.of(
                "shards",
                "s3a://b/x",
                "model",
                "s3a://b/m",
                "split",
                "validation",
                "threads-per-worker",
                "2"));
    EvaluateParameters parameters = (EvaluateParameters) stage.parameters();
    assertThat(parameters.portion()).isEqualTo(Portion.HELD_OUT);
    assertThat(parameters.threads()).isEqualTo(2);
    assertThat(parameters.engine()).isEmpty();
    assertThat(stage.notices())
        .containsExactly("--threads-per-worker is an old name; write --threads");
    int status =
        run(
            "evaluate",
            "--shards",
            "s3a://b/x",
            "--model",
            "s3a://b/m",
            "--engine",
            "abacus",
            "--output",
            folder.resolve("e").toString());
    assertThat(status).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("--engine: Cannot find an engine named abacus");
  }

  @Test
  void acceptsOtherSpellingOfJobName() throws Exception {
    Path made = folder.resolve("shapes");
    assertThat(
            run(
                "synthesise",
                "--train",
                "5",
                "--test",
                "1",
                "--quiet",
                "--output",
                made.toString()))
        .as(err.toString(UTF_8))
        .isZero();
    assertThat(Files.exists(made.resolve("_artifact.json"))).isTrue();
  }

  @Test
  void messageSaysWhatANumberCounts() {
    int status =
        runLinear("--averaging.every", "60s", "--every-rounds", "1m", "--checkpoint.every", "8");
    assertThat(status).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines())
        .containsExactlyInAnyOrder(
            "--averaging.every: '60s' is not a whole number; it counts minibatches of each worker",
            "--every-rounds: '1m' is not a whole number; it counts rounds",
            "--checkpoint.every: '8' is not a duration: write a unit, such as 10s, 5m, 12h or 7d",
            "3 mistakes; nothing was run.");
  }
}
