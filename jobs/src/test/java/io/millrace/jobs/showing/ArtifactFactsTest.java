package io.millrace.jobs.showing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.architecture.Architecture;
import io.millrace.jobs.architecture.catalogue.ConvNet;
import io.millrace.jobs.feed.InputShape;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.model.Origin;
import io.millrace.jobs.shard.Counts;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.stats.Statistics;
import io.millrace.pipeline.store.JsonText;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What {@code show} says of each kind of result. */
class ArtifactFactsTest {
  private static final URI PLACE = URI.create("file:///data");

  @Test
  void showsEqualClassCountsOnce() {
    List<List<String>> rows = dataset(List.of("cat", "dog"), List.of(50L, 50L));
    assertThat(rows)
        .contains(
            List.of("images", "100, all train"),
            List.of("classes", "2: cat, dog"),
            List.of("train per class", "50 each"),
            List.of("records", "103 in, 3 quarantined, 0 left out; 2 files ignored"));
  }

  @Test
  void showsCountOfEachOfFewClasses() {
    assertThat(dataset(List.of("cat", "dog"), List.of(1_099L, 1L)))
        .contains(List.of("train per class", "cat 1,099; dog 1"));
  }

  @Test
  void showsAThousandClassesInOneLine() {
    List<String> names =
        IntStream.range(0, 1_000).mapToObj(i -> "n%04d, other name".formatted(i)).toList();
    List<Long> counts = new ArrayList<>(Collections.nCopies(1_000, 1_300L));
    counts.set(7, 732L);
    List<List<String>> rows = dataset(names, counts);
    assertThat(rows)
        .contains(
            List.of(
                "train per class", "from 732 (n0007, other name) to 1,300 (n0000, other name)"));
    assertThat(rows.get(2).get(1)).endsWith("; n0011, other name and 988 more");
  }

  @Test
  void showsOneClassAndNoClasses() {
    assertThat(dataset(List.of("only"), List.of(100L)))
        .contains(List.of("classes", "1: only"), List.of("train per class", "100 each"));
    assertThat(dataset(List.of(), List.of())).contains(List.of("classes", "none")).hasSize(5);
  }

  @Test
  void shortensNamesAndRemovesControlCharacters() {
    String red = "\u001b[31m" + "语".repeat(200) + "\n";
    String shown = dataset(List.of(red), List.of(100L)).get(2).get(1);
    assertThat(shown).isEqualTo("1: ?[31m" + "语".repeat(32) + "...");
  }

  @Test
  void showsStatisticsOfEachChannel() {
    assertThat(StatsFacts.rows(statistics(0.25, 0.5, 1.0), "train"))
        .containsExactly(
            List.of("images", "4,000 of split train"),
            List.of("scale", "0 (black) to 1 (white)"),
            List.of("red", "mean 0.2500, deviation 0.1250"),
            List.of("green", "mean 0.5000, deviation 0.2500"),
            List.of("blue", "mean 1.0000, deviation 0.5000"));
    assertThat(StatsFacts.rows(statistics(0.25), "test").get(2)).first().isEqualTo("grey");
  }

  private static Statistics statistics(Double... means) {
    List<Double> deviations = List.of(means).stream().map(mean -> mean / 2).toList();
    return new Statistics("d", 4_000, List.of(means), deviations, List.of(), List.of());
  }

  @Test
  void showsInputTrainingAndParametersOfAModel() throws IOException {
    Architecture architecture = new ConvNet(List.of(4));
    Model model =
        new Model(
            PLACE,
            "d",
            architecture,
            "dl4j",
            new InputShape(1, 8, 8),
            List.of("a", "b"),
            List.of(0.5),
            List.of(0.25),
            new Origin("d", "train", 0, 1));
    int weights = architecture.blueprint(1, 8, 8, 2).weightCount();
    Map<String, Object> contents = json("{'architecture': {'name': 'conv-net', 'channels': [4]}}");
    Map<String, Object> metrics =
        json("{'epochs': 2, 'loss': 0.43442, 'validation-accuracy': 0.9175}");
    assertThat(ModelFacts.rows(model, contents, metrics))
        .contains(
            List.of("architecture", "conv-net, channels 4"),
            List.of("input", "8 x 8 pixels, grey"),
            List.of("normalised by", "mean 0.5000; deviation 0.2500"),
            List.of(
                "training", "2 epochs, loss 0.434 nats in the last, validation accuracy 91.8 %"))
        .anySatisfy(
            row -> {
              assertThat(row).first().isEqualTo("parameters");
              assertThat(row.get(1)).startsWith(weights + ", ");
            });
  }

  @Test
  void showsBestWorstAndMostConfusedClasses() throws IOException {
    assertThat(
            EvaluationFacts.rows(
                json(
                    """
                    {'split': 'test', 'images': 2000, 'unlabelled': 3, 'right': 870,
                     'accuracy': 0.43500, 'top-k': {'k': 2, 'accuracy': 0.9}, 'loss': 1.25,
                     'calibration': {'expected-error': 0.0512},
                     'classes': [
                       {'name': 'a', 'images': 1000, 'recall': 0.8, 'precision': 0.5},
                       {'name': 'b', 'images': 1000, 'recall': 0.07, 'precision': null},
                       {'name': 'empty', 'images': 0, 'recall': null, 'precision': null}],
                     'confusion': {'class-names': ['a', 'b', 'empty'],
                       'counts': [[800, 200, 0], [930, 70, 0], [0, 0, 0]]}}
                    """)))
        .containsExactly(
            List.of("accuracy", "43.5 %: 870 of 2,000 images of split test"),
            List.of("top 2", "90.0 %"),
            List.of("loss", "1.250 nats"),
            List.of("calibration", "probabilities are off by 5.1 % on average"),
            List.of("unlabelled", "3 images, left out"),
            List.of(
                "best class",
                "a: 80.0 % of its 1,000 images found, 50.0 % of what is called so is right"),
            List.of("worst class", "b: 7.0 % of its 1,000 images found, nothing is called so"),
            List.of("most confused", "b taken for a, 930 times"));
  }

  private static Map<String, Object> json(String text) throws IOException {
    return JsonText.object(text.replace('\'', '"').getBytes(UTF_8));
  }

  private static List<List<String>> dataset(List<String> names, List<Long> counts) {
    return DatasetFacts.rows(
        new Dataset(
            PLACE,
            "d",
            names,
            new Counts(103, 100, 3, 2, 0),
            Map.of("train", counts),
            Map.of("format", "folder", "path", "/pictures"),
            List.of(new ShardEntry("p", Split.TRAIN, 100, 1_000, "c", List.of(100)))));
  }
}
