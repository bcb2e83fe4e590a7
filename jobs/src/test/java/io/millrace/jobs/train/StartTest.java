package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.model.Model;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.SafeTensors;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.JobsByFlags;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.jobs.testing.States;
import io.millrace.jobs.testing.Told;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that begin with the weights of a model or of a file. */
class StartTest {
  private static final String STILL = "{ constant { epochs = 1, lr = 0 } }";

  @TempDir static Path folder;

  private static Path shards;
  private static Path model;

  @BeforeAll
  static void train() throws Exception {
    shards = folder.resolve("shards");
    SmallDataset.write(shards, 60);
    JobsByFlags.in(folder)
        .run(new StatsJob(), Map.of("shards", shards.toString()), folder.resolve("stats"));
    model = folder.resolve("model");
    train("model", Map.of(), JobContext.silent());
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "torch"})
  void beginsWithTheWeightsOfAModel(String engine) throws Exception {
    train(
        "same-" + engine,
        Map.of("start", model.toString(), "engine", engine, "schedule", STILL),
        JobContext.silent());
    States.assertSameBits(weights("same-" + engine), weights("model"));
    assertThat(Files.readString(folder.resolve("same-" + engine).resolve("model.json")))
        .contains("\"sha256\" : \"" + Model.open(model.toUri()).digest());
  }

  @Test
  void beginsWithAFileAsWithTheModelItIsOf() throws Exception {
    Path file = Files.copy(model.resolve("weights.safetensors"), folder.resolve("w.safetensors"));
    JobResult ofFile = train("of-file", Map.of("start", file.toString()), JobContext.silent());
    JobResult ofModel = train("of-model", Map.of("start", model.toString()), JobContext.silent());
    assertThat(ofFile.digest())
        .isEqualTo(ofModel.digest())
        .isNotEqualTo(Model.open(model.toUri()).digest());
  }

  @Test
  void newHeadBeginsAfresh() throws Exception {
    train(
        "head",
        Map.of("start", model.toString(), "head", "new", "schedule", STILL),
        JobContext.silent());
    train("seed", Map.of("schedule", STILL), JobContext.silent());
    for (NamedTensor tensor : weights("head").tensors()) {
      State from = weights(tensor.name().startsWith("linear.") ? "seed" : "model");
      assertThat(tensor.values())
          .as(tensor.name())
          .isEqualTo(from.tensor(tensor.name()).orElseThrow().values());
    }
  }

  @Test
  void saysThatStatisticsAndClassesAreOthers() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other-model"));
    Files.copy(model.resolve("weights.safetensors"), other.resolve("weights.safetensors"));
    String json = Files.readString(model.resolve("model.json"));
    Files.writeString(
        other.resolve("model.json"),
        json.replaceFirst("\"mean\" : \\[ [\\d.]+", "\"mean\" : [ 0.25")
            .replace("\"class3\"", "\"house\""));
    Told told = new Told();
    train("differs", Map.of("start", other.toString(), "schedule", STILL), told);
    assertThat(told.notices())
        .anyMatch(it -> it.startsWith("The model that this training starts from normalises"))
        .anyMatch(it -> it.startsWith("The classes of the model that this training starts from"));
  }

  @Test
  void refusesOtherNetworksDamageAndUselessHeads() throws Exception {
    Map<String, String> wider =
        Map.of("start", model.toString(), "architecture", "{ name = conv-net, channels = [4, 9] }");
    assertThatThrownBy(() -> train("wider", wider, JobContext.silent()))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("conv2.weight [8, 4, 3, 3] should be [9, 4, 3, 3]");
    assertThatThrownBy(() -> train("none", Map.of("start", shards.toString()), JobContext.silent()))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("there is no model.json");
    assertThatThrownBy(() -> train("head-alone", Map.of("head", "new"), JobContext.silent()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("it says what becomes of the head of start, which is not given");
    Map<String, String> none = Map.of("head", "none", "start", model.toString());
    assertThatThrownBy(() -> train("no-head", none, JobContext.silent()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none makes a network without classes");
    Path damaged = Files.createDirectories(folder.resolve("damaged"));
    Files.copy(model.resolve("model.json"), damaged.resolve("model.json"));
    byte[] bytes = Files.readAllBytes(model.resolve("weights.safetensors"));
    bytes[bytes.length - 3] ^= 1;
    Files.write(damaged.resolve("weights.safetensors"), bytes);
    assertThatThrownBy(
            () -> train("broken", Map.of("start", damaged.toString()), JobContext.silent()))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("the SHA-256 of its weights is ");
  }

  private static JobResult train(String name, Map<String, String> changed, JobContext context)
      throws Exception {
    Map<String, String> flags =
        new HashMap<>(Map.of("workers", "1", "validation", "0", "augment", "[]"));
    flags.putAll(changed);
    return JobsByFlags.in(folder)
        .run(
            new TrainJob(),
            SmallTraining.flags(shards.toString(), folder.resolve("stats").toString(), flags),
            folder.resolve(name),
            context);
  }

  private static State weights(String name) throws IOException {
    try (InputStream in =
        Files.newInputStream(folder.resolve(name).resolve("weights.safetensors"))) {
      return SafeTensors.readFrom(in).state();
    }
  }
}
