package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.testing.Told;
import io.millrace.jobs.transform.TestTimeSet;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobRequest;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on real shards, with a real small model, on a real local Spark. */
class EvaluateJobTest {
  @TempDir private static Path folder;
  private static Trained trained;

  @BeforeAll
  static void train() throws Exception {
    trained = Trained.in(folder.resolve("trained"));
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void figuresEqualThoseOfASimpleLoop() throws Exception {
    Path out = Files.createDirectories(folder.resolve("plain"));
    JobResult result = trained.evaluate(out, "local[2]", 40, trained.model(), trained.shards());

    Dataset dataset = Dataset.open(trained.shards().toUri());
    Model model = Model.open(trained.model().toUri());
    View view = View.whole(dataset, Split.TEST);
    int right = 0;
    int labelled = 0;
    double loss = 0;
    try (Network network = model.network(1);
        Feed feed = Feed.inOrder(view, model.input(), model.normaliser(), 0, view.size(), 40)) {
      while (feed.hasNext()) {
        Minibatch batch = feed.next();
        float[] rows = network.predict(batch, model.loss());
        int classes = model.classNames().size();
        for (int i = 0; i < batch.size(); i++) {
          int label = batch.ints(Minibatch.LABELS).at(i);
          if (label < 0) {
            continue;
          }
          int best = 0;
          for (int c = 1; c < classes; c++) {
            best = rows[i * classes + c] > rows[i * classes + best] ? c : best;
          }
          labelled++;
          right += best == label ? 1 : 0;
          loss -= Math.log(rows[i * classes + label]);
        }
      }
    }
    assertThat(labelled).isEqualTo(Trained.TEST - Trained.UNLABELLED);
    assertThat((double) result.metrics().get("accuracy")).isEqualTo((double) right / labelled);
    assertThat((double) result.metrics().get("loss")).isCloseTo(loss / labelled, within(1e-7));
    assertThat(result.metrics().get("unlabelled")).isEqualTo((long) Trained.UNLABELLED);
    assertThat(result.metrics()).containsKey("top3");
    assertThat(result.headline()).isEqualTo("accuracy %.1f %%".formatted(100.0 * right / labelled));
    JsonNode json = json(out);
    assertThat(json.get("digest").asText()).isEqualTo(result.digest());
    assertThat(json.get("images").asInt()).isEqualTo(labelled);
    assertThat(json.get("classes")).hasSize(3);
    assertThat(out.toFile().list()).containsExactly("evaluation.json");
  }

  @Test
  void sameBytesForAnyNumberOfPartitions() throws Exception {
    Path one = Files.createDirectories(folder.resolve("one"));
    Path four = Files.createDirectories(folder.resolve("four"));
    SharedSpark.stop();
    JobResult first = trained.evaluate(one, "local[1]", 16, trained.model(), trained.shards());
    SharedSpark.stop();
    JobResult second = trained.evaluate(four, "local[4]", 16, trained.model(), trained.shards());
    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(four.resolve("evaluation.json"))
        .hasSameBinaryContentAs(one.resolve("evaluation.json"));
  }

  @Test
  void refusesModelOfOtherClasses() throws Exception {
    Path other = trained.withClasses(folder.resolve("others"), "dark", "light", "middle");
    assertThatThrownBy(() -> trained.evaluate(folder, "local[2]", 40, trained.model(), other))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot evaluate the model: its 3 classes are not the 3 of dataset")
        .hasMessageContaining("the same names in another order")
        .hasMessageContaining("class 1 is 'middle' in the model, 'light' in the data");
  }

  @Test
  void resizesPicturesOfOtherSizesWithNotice() throws Exception {
    Path small = trained.withSide(folder.resolve("small"), 6);
    Told told = new Told();
    Path out = Files.createDirectories(folder.resolve("resized"));
    JobResult result =
        new EvaluateJob()
            .run(
                trained.request(
                    out, "local[2]", 40, trained.model(), small, Portion.TEST, Optional.empty()),
                told);
    assertThat((long) result.metrics().get("images")).isPositive();
    assertThat(told.notices())
        .anySatisfy(it -> assertThat(it).contains("picture is 6x6", "takes 8x8", "are resized"));
  }

  @Test
  void refusesSplitWithoutLabels() throws Exception {
    Path bare = trained.withoutLabels(folder.resolve("bare"));
    assertThatThrownBy(() -> trained.evaluate(folder, "local[2]", 40, trained.model(), bare))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("none of the 30 pictures in split test")
        .hasMessageContaining("has a label");
  }

  @Test
  void refusesEmptySplitAndNamesTheOthers() {
    assertThatThrownBy(
            () ->
                new EvaluateJob()
                    .run(
                        trained.request(
                            folder,
                            "local[2]",
                            40,
                            trained.model(),
                            trained.shards(),
                            Portion.VAL,
                            Optional.empty()),
                        JobContext.silent()))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("no pictures in its split val")
        .hasMessageContaining("train, test");
  }

  @Test
  void refusesStatisticsOfOtherData() throws Exception {
    Path others = trained.statistics(folder.resolve("stats"), Split.TEST);
    assertThatThrownBy(
            () ->
                new EvaluateJob()
                    .run(
                        trained.request(
                            folder,
                            "local[2]",
                            40,
                            trained.model(),
                            trained.shards(),
                            Portion.TEST,
                            Optional.of(others)),
                        JobContext.silent()))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("are not those it was trained with");
  }

  @Test
  void validationViewIsWhatTrainingLeftOut() throws Exception {
    Path model = trained.train(folder.resolve("with-validation"), 0.3);
    Path out = Files.createDirectories(folder.resolve("validation"));
    JobResult result =
        new EvaluateJob().run(validation(out, model, trained.shards(), 1000), JobContext.silent());

    JsonNode provenance =
        new ObjectMapper().readTree(model.resolve("model.json").toFile()).get("provenance");
    assertThat(provenance.get("split").asText()).isEqualTo("train");
    assertThat(provenance.get("validation").asDouble()).isEqualTo(0.3);
    JsonNode record = new ObjectMapper().readTree(model.resolve("record.json").toFile());
    long trainedOn = 0;
    for (JsonNode round : record.get("rounds")) {
      trainedOn += round.get("epoch").asInt() == 1 ? round.get("images").asInt() : 0;
    }
    assertThat(trainedOn).isBetween(1L, Trained.TRAIN - 1L);
    List<String> left = new ArrayList<>();
    IntStream.range(0, Trained.TRAIN).forEach(i -> left.add("train#" + i));
    Dataset dataset = Dataset.open(trained.shards().toUri());
    View training = View.parts(dataset, Split.TRAIN, 0.3, 1).training();
    assertThat(training.size()).isEqualTo(trainedOn);
    Model opened = Model.open(model.toUri());
    try (Feed feed =
        Feed.inOrder(training, opened.input(), opened.normaliser(), 0, trainedOn, 40)) {
      while (feed.hasNext()) {
        left.removeAll(feed.next().ids());
      }
    }
    // With room for all, every evaluated picture is among the least sure.
    List<String> evaluated = new ArrayList<>();
    json(out).get("least-sure").forEach(verdict -> evaluated.add(verdict.get("id").asText()));
    assertThat(evaluated).containsExactlyInAnyOrderElementsOf(left);
    assertThat(result.metrics().get("images")).isEqualTo((long) left.size());
    assertThat(json(out).get("split").asText()).isEqualTo("held-out");
    Card card =
        new EvaluateJob()
            .card(
                new CardRequest(
                    "test",
                    Optional.of(out.toUri()),
                    Map.of("shards", trained.shards().toUri()),
                    List.of()));
    assertThat(card.blocks()).hasAtLeastOneElementOfType(Block.Gallery.class);
    double seen = record.get("epochs").get(1).get("validation-accuracy").asDouble();
    assertThat((double) result.metrics().get("accuracy")).isEqualTo(seen);
  }

  @Test
  void refusesModelWithoutValidationView() {
    assertThatThrownBy(
            () ->
                new EvaluateJob()
                    .run(
                        validation(folder, trained.model(), trained.shards(), 20),
                        JobContext.silent()))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith(
            "Cannot evaluate the model on its validation view: it was trained without validation");
  }

  @Test
  void refusesValidationViewOfOtherData() throws Exception {
    Path model = trained.train(folder.resolve("kept-a-tenth"), 0.1);
    Path others = trained.withoutLabels(folder.resolve("other-data"));
    assertThatThrownBy(
            () -> new EvaluateJob().run(validation(folder, model, others, 20), JobContext.silent()))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("it was not trained on");
  }

  private static JobRequest<EvaluateParameters> validation(
      Path out, Path model, Path shards, int listed) throws IOException {
    return trained.request(
        new EvaluateParameters(
            new Location(shards.toString()),
            Optional.empty(),
            new Location(model.toString()),
            Portion.HELD_OUT,
            new TestTimeSet.None(),
            40,
            5,
            listed,
            1,
            Optional.empty()),
        out,
        "local[2]");
  }

  private static JsonNode json(Path out) throws IOException {
    return new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
  }
}
