package io.millrace.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.testing.JobsByFlags;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.jobs.testing.Told;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Job;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings by their job, and the models that they leave. Takes about 30 s: a training for each
 * thing that a user sees of one.
 */
class TrainJobTest {
  @TempDir static Path folder;

  private static Path shards;

  private static Path stats;

  @BeforeAll
  static void prepare() throws Exception {
    shards = folder.resolve("shards");
    SmallDataset.write(shards, 150);
    stats = folder.resolve("stats");
    run(new StatsJob(), Map.of("shards", shards.toString()), stats);
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void writesModelThatOpensAndPredicts() throws Exception {
    Path root = folder.resolve("model");
    JobResult result = run(new TrainJob(), flags(Map.of()), root);
    assertThat(files(root))
        .containsExactly(
            "first-minibatch.json",
            "model.json",
            "record.json",
            "transforms.json",
            "weights.safetensors");
    assertThat(result.metrics())
        .containsEntry("epochs", 2)
        .containsKeys("loss", "images-per-second", "validation-accuracy");
    assertThat(result.headline()).matches("loss \\d\\.\\d\\d, [\\d,.]+ images/s");

    Model model = Model.open(root.toUri());
    assertThat(model.digest()).isEqualTo(result.digest());
    assertThat(model.architecture()).isEqualTo(new ConvNet(List.of(4, 8)));
    assertThat(model.input()).hasToString("3x32x32");
    assertThat(model.classNames()).hasSize(10);
    Dataset dataset = Dataset.open(shards.toUri());
    View.Parts parts = View.parts(dataset, Split.TRAIN, 0.2, 1);
    View view = parts.validation();
    int correct = 0;
    try (Network network = model.network(1);
        Feed feed = Feed.inOrder(view, model.input(), model.normaliser(), 0, view.size(), 8)) {
      while (feed.hasNext()) {
        Minibatch batch = feed.next();
        correct +=
            correct(
                batch.ints(Minibatch.LABELS).values().array(),
                network.predict(batch, model.loss()));
      }
    }
    assertThat(correct / (double) view.size())
        .isEqualTo(result.metrics().get("validation-accuracy"));
  }

  @Test
  void recordsRoundsEpochsAndProvenance() throws Exception {
    Path root = folder.resolve("recorded");
    run(new TrainJob(), flags(Map.of()), root);
    JsonNode record = new ObjectMapper().readTree(root.resolve("record.json").toFile());
    long images = View.parts(Dataset.open(shards.toUri()), Split.TRAIN, 0.2, 1).training().size();
    long recorded = 0;
    for (JsonNode round : record.path("rounds")) {
      recorded += round.path("images").asLong();
      assertThat(round.path("loss").asDouble()).isPositive();
      assertThat(round.path("learning-rate").asDouble()).isPositive();
      assertThat(round.path("momentum").asDouble()).isBetween(0.85, 0.95);
      assertThat(round.path("worker-images-per-second")).hasSize(2);
    }
    assertThat(recorded).isEqualTo(2 * images);
    assertThat(record.path("epochs")).hasSize(2);
    assertThat(record.path("epochs").get(1).path("validation-accuracy").isNumber()).isTrue();

    JsonNode model = new ObjectMapper().readTree(root.resolve("model.json").toFile());
    JsonNode provenance = model.path("provenance");
    assertThat(provenance.path("shards").path("digest").asText())
        .isEqualTo(Dataset.open(shards.toUri()).digest());
    assertThat(provenance.path("stats").path("digest").asText()).hasSize(64);
    JsonNode parameters = provenance.path("parameters");
    assertThat(parameters.path("schedule").path("one-cycle").path("lr").asDouble()).isEqualTo(0.1);
    assertThat(parameters.path("augment").path(1).path("random-crop").path("size").asInt())
        .isEqualTo(32);
    assertThat(provenance.path("reproduce").asText()).isEqualTo("millrace train --again");
    assertThat(provenance.path("spark").asText()).startsWith("3.5");
    assertThat(model.path("architecture").toString())
        .isEqualTo("{\"name\":\"conv-net\",\"channels\":[4,8]}");
  }

  @Test
  void digestDependsOnTheSeed() throws Exception {
    String digest = run(new TrainJob(), flags(Map.of()), folder.resolve("a")).digest();
    assertThat(run(new TrainJob(), flags(Map.of()), folder.resolve("b")).digest())
        .isEqualTo(digest);
    assertThat(run(new TrainJob(), flags(Map.of("seed", "2")), folder.resolve("c")).digest())
        .isNotEqualTo(digest);
  }

  @Test
  void refusesDamagedWeights() throws Exception {
    Path root = folder.resolve("damaged");
    run(new TrainJob(), flags(Map.of()), root);
    Path weights = root.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 3] ^= 1;
    Files.write(weights, bytes);
    Model model = Model.open(root.toUri());
    assertThatThrownBy(() -> model.network(1))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("weights.safetensors", "train it again");
    assertThatThrownBy(() -> Model.open(shards.toUri()))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("there is no model.json");
  }

  /** A change here changes every trained model: it needs a new version of the job. */
  @Test
  void weightsEqualGoldenDigestOfThisVersion() throws Exception {
    Map<String, String> flags =
        flags(Map.of("engine", "plain", "architecture", "{ name = linear }"));
    assertThat(new TrainJob().version()).isEqualTo(1);
    assertThat(run(new TrainJob(), flags, folder.resolve("golden")).digest())
        .isEqualTo("b701ea5b7419dba6fa52e51905a343faf9de2f1bd267026b2d6b668a6ade3ab5");
  }

  @Test
  void roundsOfDl4jSparkGiveAModelAndTheSameDigestEachTime() throws Exception {
    Map<String, String> flags = flags(Map.of("averaging", "{ every = 2, by = dl4j-spark }"));
    Path root = folder.resolve("dl4j-spark");
    Told told = new Told();
    JobResult result = run(new TrainJob(), flags, root, told);
    assertThat(result.metrics())
        .containsEntry("epochs", 2)
        .containsKeys("loss", "images-per-second", "validation-accuracy");
    assertThat(Model.open(root.toUri()).digest()).isEqualTo(result.digest());
    assertThat(told.notices()).singleElement().asString().contains("Nesterov");
    assertThat(told.events()).filteredOn(event -> event.get("event").equals("round")).isNotEmpty();
    assertThat(run(new TrainJob(), flags, folder.resolve("again")).digest())
        .isEqualTo(result.digest());
    assertThat(run(new TrainJob(), flags(Map.of()), folder.resolve("ours")).digest())
        .isNotEqualTo(result.digest());
  }

  @Test
  void refusesEmptySplitAndUnsuitableSize() {
    assertThatThrownBy(
            () -> run(new TrainJob(), flags(Map.of("split", "test")), folder.resolve("empty")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("split test");
    assertThatThrownBy(
            () ->
                run(
                    new TrainJob(),
                    flags(Map.of("augment", "[{ random-crop = 28 }]")),
                    folder.resolve("size")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("random-crop = 28 (transform 1 of 1) makes images 28x28");
  }

  private static int correct(int[] labels, float[] probabilities) {
    int classes = probabilities.length / labels.length;
    int correct = 0;
    for (int i = 0; i < labels.length; i++) {
      int best = 0;
      for (int c = 0; c < classes; c++) {
        best = probabilities[i * classes + c] > probabilities[i * classes + best] ? c : best;
      }
      correct += best == labels[i] ? 1 : 0;
    }
    return correct;
  }

  private static Map<String, String> flags(Map<String, String> changed) {
    return SmallTraining.flags(shards.toString(), stats.toString(), changed);
  }

  private static <P extends Record> JobResult run(Job<P> job, Map<String, String> flags, Path root)
      throws Exception {
    return run(job, flags, root, JobContext.silent());
  }

  private static <P extends Record> JobResult run(
      Job<P> job, Map<String, String> flags, Path root, JobContext context) throws Exception {
    // A site's defaults may name Kryo; nothing here depends on it.
    Map<String, String> settings =
        Map.of(
            "spark.master",
            "local[2]",
            "spark.serializer",
            "org.apache.spark.serializer.KryoSerializer");
    return new JobsByFlags(folder, settings).run(job, flags, root, context);
  }

  private static List<String> files(Path root) throws Exception {
    try (Stream<Path> all = Files.list(root)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
