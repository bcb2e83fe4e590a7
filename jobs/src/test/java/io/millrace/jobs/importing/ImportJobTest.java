package io.millrace.jobs.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.architecture.TensorSpec;
import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.evaluate.EvaluateJob;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.predict.Prediction;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.tensor.NamedTensor;
import io.millrace.jobs.tensor.Role;
import io.millrace.jobs.tensor.SafeTensors;
import io.millrace.jobs.tensor.State;
import io.millrace.jobs.testing.JobsByFlags;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.jobs.testing.States;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.card.Fact;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.FactsRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.spec.ShortForm;
import io.millrace.pipeline.store.JsonText;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of a small file of weights. */
class ImportJobTest {
  private static final int CLASSES = 12;

  @TempDir static Path folder;

  private static Path weights;
  private static Path grey;
  private static Path names;

  @BeforeAll
  static void writeFiles() throws Exception {
    weights = write("weights.safetensors", 3);
    grey = write("grey.safetensors", 1);
    names = folder.resolve("names.txt");
    StringBuilder text = new StringBuilder("\uFEFF");
    for (int i = CLASSES - 1; i >= 0; i--) {
      text.append("class").append(i).append("\r\n");
    }
    Files.writeString(names, text);
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void modelHoldsWhatWasGiven() throws Exception {
    JobResult result = run("model", Map.of("resize", "40"));
    assertThat(result.headline()).isEqualTo("0.0 million weights, 12 classes");
    Model model = Model.open(folder.resolve("model").toUri());
    assertThat(model.architecture()).isEqualTo(new ConvNet(List.of(4, 8)));
    assertThat(model.classNames()).hasSize(CLASSES).startsWith("class11", "class10");
    assertThat(model.mean()).containsExactly(0.485, 0.456, 0.406);
    assertThat(model.input()).hasToString("3x32x32");
    assertThat(model.resize()).isEqualTo(40);
    assertThat(model.engine()).isEmpty();
    for (String engine : List.of("dl4j", "torch")) {
      try (Network network = model.on(Optional.of(engine)).network(1)) {
        States.assertSameBits(network.state(), state(3));
      }
    }
    try (Network network = model.network(1)) {
      assertThat(network.blueprint().output()).isEqualTo("linear");
    }
  }

  @Test
  void factsAndCardSayWhatItIs() throws Exception {
    run("shown", Map.of("resize", "40"));
    byte[] json = Files.readAllBytes(folder.resolve("shown/model.json"));
    List<Fact> facts =
        new ImportJob()
            .facts(
                new FactsRequest(folder.resolve("shown").toUri(), JsonText.object(json), Map.of()));
    assertThat(facts)
        .contains(
            new Fact(
                "input",
                "32 x 32 pixels, colour, cut from the middle of pictures whose shorter side is resized to 40"),
            new Fact("engine", "none of its own: evaluate and predict take an engine"))
        .anyMatch(it -> it.name().equals("weights") && it.value().contains("SHA-256 "));
    CardRequest request =
        new CardRequest("s", Optional.of(folder.resolve("shown").toUri()), Map.of(), List.of());
    assertThat(new ImportJob().card(request).blocks()).hasSize(1);
  }

  @Test
  void digestDependsOnAllThatPredictionsDependOn() throws Exception {
    String plain = run("plain", Map.of()).digest();
    assertThat(run("again", Map.of()).digest()).isEqualTo(plain);
    assertThat(run("resized", Map.of("resize", "40")).digest()).isNotEqualTo(plain);
    assertThat(run("values", Map.of("statistics", "{ mean = [0.5], std = [0.25] }")).digest())
        .isNotEqualTo(plain);
    assertThat(Model.open(folder.resolve("values").toUri()).std())
        .containsExactly(0.25, 0.25, 0.25);
  }

  /** A golden digest: it changes with what the job makes, and then the version must, too. */
  @Test
  void digestIsThatOfThisVersion() throws Exception {
    assertThat(new ImportJob().version()).isEqualTo(1);
    assertThat(run("golden", Map.of()).digest())
        .isEqualTo("d0594d99d9c7ba6ddb03490c16ecc529f7df0600c4da52a2336e7bb79f13afe7");
  }

  @Test
  void takesStatisticsOfAnArtifactAndGreyPictures() throws Exception {
    SmallDataset.write(folder.resolve("shards"), 30);
    JobsByFlags.in(folder)
        .run(
            new StatsJob(),
            Map.of("shards", folder.resolve("shards").toString()),
            folder.resolve("stats"));
    run("measured", Map.of("statistics", folder.resolve("stats").toString()));
    assertThat(Model.open(folder.resolve("measured").toUri()).mean()).hasSize(3);
    run("grey", Map.of("weights", grey.toString(), "statistics", "{ mean = [0.5], std = [1] }"));
    assertThat(Model.open(folder.resolve("grey").toUri()).input()).hasToString("1x32x32");
    assertThatThrownBy(() -> run("mixed", Map.of("weights", grey.toString())))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("its network takes pictures of 1 channels and the statistics have 3");
  }

  @Test
  void statisticsAreWrittenWithAndWithoutTheirName() {
    GivenStatistics values = new GivenStatistics.Values(List.of(0.5), List.of(0.25));
    assertThat(read("{ mean = [0.5], std = [0.25] }")).isEqualTo(values);
    assertThat(read("{ values { mean = [0.5], std = [0.25] } }")).isEqualTo(values);
    assertThat(read("imagenet")).isEqualTo(new GivenStatistics.OfImageNet());
    GivenStatistics stage = new GivenStatistics.Measured(new Location("@stats"));
    assertThat(read("\"@stats\"")).isEqualTo(stage);
    assertThat(read("{ measured = \"@stats\" }")).isEqualTo(stage);
    assertThatThrownBy(() -> read("{ mean = [0.5] }")).hasMessageContaining("std: is missing");
    assertThatThrownBy(() -> read("{ means = [0.5] }")).hasMessageContaining("there is no 'means'");
  }

  private static GivenStatistics read(String text) {
    return ShortForm.read(GivenStatistics.class, text);
  }

  @Test
  void evaluatesADatasetWithSomeOfItsClasses() throws Exception {
    run("many", Map.of());
    Path shards = folder.resolve("ten");
    SmallDataset.write(shards, 30);
    JobResult result =
        JobsByFlags.in(folder)
            .run(
                new EvaluateJob(),
                Map.of(
                    "shards", shards.toString(),
                    "model", folder.resolve("many").toString(),
                    "portion", "train"),
                folder.resolve("evaluated"));
    assertThat(result.metrics()).containsEntry("images", 30L);
    String json = Files.readString(folder.resolve("evaluated/evaluation.json"));
    assertThat(json).contains("\"class11\"", "\"class0\"");
  }

  @Test
  void modelWithoutHeadRefusesWhatNeedsClasses() throws Exception {
    Map<String, String> flags = flags(Map.of("head", "none"));
    flags.remove("classes");
    JobsByFlags.in(folder).run(new ImportJob(), flags, folder.resolve("features"));
    Model model = Model.open(folder.resolve("features").toUri());
    assertThat(model.features()).isEqualTo("pool");
    try (Network network = model.network(1)) {
      assertThat(network.blueprint().output()).isEqualTo("pool");
      assertThat(network.state().tensors()).hasSize(4);
    }
    assertThatThrownBy(() -> new Prediction(model, folder.toUri(), 1, 1))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot predict: the model at ")
        .hasMessageContaining("has no classes: it was imported with head = none");
    Path shards = folder.resolve("some");
    SmallDataset.write(shards, 30);
    Map<String, String> evaluate =
        Map.of("shards", shards.toString(), "model", folder.resolve("features").toString());
    assertThatThrownBy(
            () -> JobsByFlags.in(folder).run(new EvaluateJob(), evaluate, folder.resolve("no")))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot evaluate the model: the model at ");
  }

  @Test
  void saysAllMistakesOfTheKeysAtOnce() {
    Map<String, String> flags =
        flags(
            Map.of(
                "resize", "16",
                "head", "none",
                "statistics", "{ mean = [0.5, 0.5], std = [1] }",
                "input", "2"));
    assertThatThrownBy(
            () -> JobsByFlags.in(folder).run(new ImportJob(), flags, folder.resolve("x")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("head = none has no classes: leave this key out")
        .hasMessageContaining("give mean and std one number each")
        .hasMessageContaining("Cannot build conv-net");
    Map<String, String> without = flags(Map.of("resize", "16"));
    without.remove("classes");
    assertThatThrownBy(
            () -> JobsByFlags.in(folder).run(new ImportJob(), without, folder.resolve("x")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("16 is less than the input, 32")
        .hasMessageContaining("is missing: a text file with the names of the classes");
  }

  @Test
  void refusesListsOfClassesThatCannotBe() throws Exception {
    Path gap = Files.writeString(folder.resolve("gap.txt"), "a\n\nb\n");
    assertThatThrownBy(() -> run("gap", Map.of("classes", gap.toString())))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("its line 2 is empty");
    Path one = Files.writeString(folder.resolve("one.txt"), "a\n");
    assertThatThrownBy(() -> run("one", Map.of("classes", one.toString())))
        .hasMessageContaining("it has fewer than two lines");
    Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'a', '\n', (byte) 0xE4});
    assertThatThrownBy(() -> run("latin", Map.of("classes", latin.toString())))
        .hasMessageContaining("it is not a text in UTF-8");
    Path two = Files.writeString(folder.resolve("two.txt"), "a\nb\n");
    assertThatThrownBy(() -> run("two", Map.of("classes", two.toString())))
        .hasMessageContaining("linear.weight [12, 8] should be [2, 8]")
        .hasMessageContaining("only its head differs");
  }

  private static JobResult run(String name, Map<String, String> changed) throws Exception {
    return JobsByFlags.in(folder).run(new ImportJob(), flags(changed), folder.resolve(name));
  }

  private static Map<String, String> flags(Map<String, String> changed) {
    Map<String, String> flags = new HashMap<>();
    flags.put("weights", weights.toString());
    flags.put("architecture", "{ name = conv-net, channels = [4, 8] }");
    flags.put("classes", names.toString());
    flags.put("statistics", "imagenet");
    flags.put("input", "32");
    flags.putAll(changed);
    return flags;
  }

  private static State state(int channels) {
    return new State(
        new ConvNet(List.of(4, 8))
            .blueprint(channels, 32, 32, CLASSES).tensors().stream()
                .map(ImportJobTest::tensor)
                .toList());
  }

  private static NamedTensor tensor(TensorSpec spec) {
    return new NamedTensor(spec.name(), spec.shape(), Role.TRAINABLE, spec.initialValues(3));
  }

  private static Path write(String name, int channels) throws Exception {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      new SafeTensors(state(channels), Map.of()).writeTo(out);
    }
    return file;
  }
}
