package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.engine.Network;
import io.millrace.jobs.feed.Feed;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.jobs.transform.TestTimeSet;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ConfigurationException;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.JobContext;
import io.millrace.pipeline.job.JobResult;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.spec.Canonical;
import io.millrace.pipeline.spec.FlagReader;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Evaluations whose predictions are means over forms of each picture. */
class TestTimeSetsTest {
  private static final int BATCH = 40;

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

  static Stream<Arguments> sets() {
    return Stream.of(
        Arguments.of("none", new TestTimeSet.None()),
        Arguments.of("flip", new TestTimeSet.Mirrored()),
        Arguments.of("{ flip {} }", new TestTimeSet.Mirrored()),
        Arguments.of("five-crop", new TestTimeSet.FiveCrop(Optional.empty())),
        Arguments.of("{ five-crop = 256 }", new TestTimeSet.FiveCrop(Optional.of(256))),
        Arguments.of("{ ten-crop { from = 256 } }", new TestTimeSet.TenCrop(Optional.of(256))));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void readsShortAndFullForms(String text, TestTimeSet meant) {
    assertThat(read(text).tta()).isEqualTo(meant);
  }

  @Test
  void fingerprintContainsTheSet() {
    assertThat(Canonical.of(read("none")))
        .isNotEqualTo(Canonical.of(read("flip")))
        .isNotEqualTo(Canonical.of(read("five-crop")));
    assertThat(Canonical.of(read("five-crop"))).isEqualTo(Canonical.of(read("{ five-crop {} }")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flop                           | there is no 'flop'; did you mean 'flip'",
        "{ five-crop { from = 0 } }     | the least value is 1",
        "{ flip = 3 }                   | takes no value",
        "{ ten-crop { from = a-lot } }  | 'a-lot'",
        "{ five-crop { to = 256 } }     | there is no such key",
      })
  void refusesInvalidSets(String text, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesCropsSmallerThanTheInput() {
    TestTimeSet small = new TestTimeSet.FiveCrop(Optional.of(7));
    assertThatThrownBy(() -> evaluate("small", "local[2]", small))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot evaluate the model: tta = five-crop can't cut 8x8 out of pictures whose shorter"
                + " side is from = 7; make it at least 8, or leave it out");
    assertThat(new TestTimeSet.TenCrop(Optional.empty()).problem(8, 12))
        .hasValueSatisfying(why -> assertThat(why).contains("cuts squares", "8x12", "tta = flip"));
  }

  @Test
  void defaultSizesAreThoseOfThePaper() {
    TestTimeSet crops = new TestTimeSet.FiveCrop(Optional.empty());
    assertThat(List.of(crops.from(224).get(), crops.from(32).get(), crops.from(8).get()))
        .containsExactly(256, 37, 9);
  }

  @Test
  void flipIsTheMeanOfTwoPasses() throws Exception {
    Model model = Model.open(trained.model().toUri());
    View view = View.whole(Dataset.open(trained.shards().toUri()), Split.TEST);
    Map<String, float[]> byHand = new HashMap<>();
    try (Network network = model.network(1);
        Feed feed = Feed.inOrder(view, model.input(), model.normaliser(), 0, view.size(), BATCH)) {
      while (feed.hasNext()) {
        Minibatch batch = feed.next();
        float[] plain = network.predict(batch, model.loss());
        mirror(batch, model.input());
        float[] mirrored = network.predict(batch, model.loss());
        assertThat(mirrored).isNotEqualTo(plain);
        int classes = model.classNames().size();
        for (int i = 0; i < batch.size(); i++) {
          float[] mean = new float[classes];
          for (int c = 0; c < classes; c++) {
            mean[c] = (plain[i * classes + c] + mirrored[i * classes + c]) / 2;
          }
          byHand.put(batch.ids().get(i), mean);
        }
      }
    }
    JsonNode file = evaluate("flip", "local[2]", new TestTimeSet.Mirrored()).file();
    assertThat(file.get("least-sure")).hasSize(Trained.TEST - Trained.UNLABELLED);
    for (JsonNode one : file.get("least-sure")) {
      float[] mean = byHand.get(one.get("id").asText());
      int truth = model.classNames().indexOf(one.get("true").asText());
      int predicted = model.classNames().indexOf(one.get("predicted").asText());
      assertThat((float) one.get("true-probability").asDouble()).isEqualTo(mean[truth]);
      assertThat((float) one.get("predicted-probability").asDouble()).isEqualTo(mean[predicted]);
      assertThat(mean[predicted])
          .isGreaterThanOrEqualTo(Math.max(mean[0], Math.max(mean[1], mean[2])));
    }
  }

  @Test
  void reportsTheSetUnlessItIsNone() throws Exception {
    Evaluated plain = evaluate("plain", "local[2]", new TestTimeSet.None());
    assertThat(plain.file().has("tta")).isFalse();
    assertThat(figures(plain.out())).doesNotContain("test-time set");
    Evaluated flip = evaluate("said", "local[2]", new TestTimeSet.Mirrored());
    assertThat(flip.file().get("tta").toString()).isEqualTo("{\"set\":\"flip\",\"variants\":2}");
    assertThat(flip.result().digest()).isNotEqualTo(plain.result().digest());
    assertThat(figures(flip.out())).contains("test-time set");
  }

  @Test
  void sameBytesForAnyNumberOfTasks() throws Exception {
    TestTimeSet set = new TestTimeSet.TenCrop(Optional.empty());
    SharedSpark.stop();
    Evaluated alone = evaluate("alone", "local[1]", set);
    SharedSpark.stop();
    Evaluated together = evaluate("together", "local[4]", set);
    assertThat(together.out().resolve("evaluation.json"))
        .hasSameBinaryContentAs(alone.out().resolve("evaluation.json"));
    assertThat(alone.file().get("tta").toString())
        .isEqualTo("{\"set\":\"ten-crop\",\"variants\":10,\"from\":9}");
  }

  @Test
  void cropsPicturesOfOtherSizesAfterResizing() throws Exception {
    Path large = trained.withSide(folder.resolve("large"), 21);
    TestTimeSet set = new TestTimeSet.FiveCrop(Optional.empty());
    Path out = folder.resolve("of-large");
    new EvaluateJob()
        .run(trained.request(parameters(set, large), out, "local[2]"), JobContext.silent());
    assertThat(read(out).get("images").asInt()).isPositive();
  }

  private record Evaluated(Path out, JobResult result, JsonNode file) {}

  private static Evaluated evaluate(String name, String master, TestTimeSet set) throws Exception {
    Path out = folder.resolve(name);
    JobResult result =
        new EvaluateJob()
            .run(
                trained.request(parameters(set, trained.shards()), out, master),
                JobContext.silent());
    return new Evaluated(out, result, read(out));
  }

  private static EvaluateParameters parameters(TestTimeSet set, Path shards) {
    return new EvaluateParameters(
        new Location(shards.toString()),
        Optional.empty(),
        new Location(trained.model().toString()),
        Portion.TEST,
        set,
        BATCH,
        1,
        Trained.TEST,
        1,
        Optional.empty());
  }

  /** In place. */
  private static void mirror(Minibatch batch, InputShape input) {
    FloatBuffer values = batch.floats(Minibatch.IMAGES).values();
    float[] row = new float[input.width()];
    for (int at = 0; at < batch.size() * input.size(); at += row.length) {
      values.get(at, row);
      for (int x = 0; x < row.length; x++) {
        values.put(at + x, row[row.length - 1 - x]);
      }
    }
  }

  private static List<String> figures(Path out) throws Exception {
    Card card =
        new EvaluateJob()
            .card(
                new CardRequest(
                    "test",
                    Optional.of(out.toUri()),
                    Map.of("shards", trained.shards().toUri()),
                    List.of()));
    return card.blocks().stream()
        .filter(Block.Figures.class::isInstance)
        .flatMap(block -> ((Block.Figures) block).figures().stream())
        .map(figure -> figure.name())
        .toList();
  }

  private static JsonNode read(Path out) throws Exception {
    return new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
  }

  private static EvaluateParameters read(String set) {
    Map<String, String> flags =
        Map.of("shards", folder.toString(), "model", folder.toString(), "tta", set);
    return (EvaluateParameters) FlagReader.read(new EvaluateJob(), flags).parameters();
  }
}
