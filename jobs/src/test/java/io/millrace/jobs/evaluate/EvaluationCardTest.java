package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.testing.Cards;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.job.CardRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

class EvaluationCardTest {
  @TempDir private static Path folder;
  private static Trained trained;
  private static Path artifact;

  @BeforeAll
  static void evaluate() throws Exception {
    trained = Trained.in(folder.resolve("trained"));
    artifact = Files.createDirectories(folder.resolve("evaluated"));
    trained.evaluate(artifact, "local[2]", 40, trained.model(), trained.shards());
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void showsFiguresMatrixAndMistakesWithPictures() throws Exception {
    Card card = card(Optional.of(artifact), trained.shards());
    Evaluation evaluation = EvaluationJson.evaluation(EvaluationJson.read(artifact.toUri()));
    assertThat(Cards.all(card, Block.Figures.class).get(0).figures())
        .filteredOn(figure -> figure.name().equals("accuracy"))
        .singleElement()
        .satisfies(
            figure -> {
              assertThat(figure.value())
                  .isEqualTo("%.1f %%".formatted(100.0 * evaluation.right() / 245));
              assertThat(figure.note()).matches("95 %: \\d+\\.\\d to \\d+\\.\\d");
            });
    Block.Matrix matrix = Cards.all(card, Block.Matrix.class).get(0);
    assertThat(matrix.names()).containsExactly("dark", "middle", "light");
    assertThat(matrix.counts().stream().flatMap(List::stream).mapToLong(it -> it).sum())
        .isEqualTo(Trained.TEST - Trained.UNLABELLED);
    List<Block.Gallery> galleries = Cards.all(card, Block.Gallery.class);
    assertThat(galleries)
        .extracting(Block.Gallery::caption)
        .containsExactly("The worst mistakes", "The least certain predictions");
    assertThat(galleries.get(0).pictures()).hasSize(16);
    for (int i = 0; i < 16; i++) {
      Verdict verdict = evaluation.mistakes().get(i);
      assertThat(galleries.get(0).pictures().get(i).alt()).startsWith(verdict.id() + ": ");
      assertThat(galleries.get(0).pictures().get(i).width()).isEqualTo(8);
      assertThat(galleries.get(0).pictures().get(i).data()).startsWith("data:image/png;base64,");
    }
    assertThat(Cards.all(card, Block.Paragraph.class)).isEmpty();
  }

  @Test
  void showsTheRestWithoutTheDataset() throws Exception {
    Card gone = card(Optional.of(artifact), folder.resolve("nowhere"));
    assertThat(Cards.all(gone, Block.Gallery.class)).isEmpty();
    assertThat(Cards.all(gone, Block.Paragraph.class))
        .singleElement()
        .satisfies(said -> assertThat(said.text()).contains("can't be shown", "_dataset.json"));
    assertThat(Cards.all(gone, Block.Matrix.class)).hasSize(1);

    Path other = trained.withClasses(folder.resolve("other"), "dark", "middle", "light");
    assertThat(Cards.all(card(Optional.of(artifact), other), Block.Paragraph.class))
        .singleElement()
        .satisfies(said -> assertThat(said.text()).contains("no longer the one"));
  }

  @Test
  void cardIsEmptyDuringTheRun() throws Exception {
    assertThat(card(Optional.empty(), trained.shards())).isEqualTo(Card.EMPTY);
  }

  @Test
  void keepsClassNamesAndShowsNoRecallOfAbsentClass() throws Exception {
    List<String> names = List.of("<script>alert(1)</script>", "\u732b", "absent");
    Predictions predictions =
        Predictions.of(3, new int[] {0, 0, 1}, .7f, .2f, .1f, .1f, .8f, .1f, .3f, .6f, .1f);
    Card card = card(predictions.tally(2, 5), names);
    assertThat(Cards.all(card, Block.Matrix.class).get(0).names()).isEqualTo(names);
    Block.Table classes = Cards.all(card, Block.Table.class).get(0);
    assertThat(classes.rows())
        .containsExactly(
            List.of(
                "<script>alert(1)</script>",
                "2",
                "100.0 % (20.7 to 100.0)",
                "50.0 % (9.5 to 90.5)",
                "0.667"),
            List.of("\u732b", "1", "50.0 % (9.5 to 90.5)", "100.0 % (20.7 to 100.0)", "0.667"),
            List.of("absent", "0", "\u2013", "\u2013", "\u2013"));
  }

  @Test
  void keepsCardSmallForTwoHundredClasses() throws Exception {
    List<String> names = IntStream.range(0, 200).mapToObj("class %03d"::formatted).toList();
    Tally tally = Predictions.drawn(7_000, 200, 1).tally(5, 40);
    Card card = card(tally, names);
    assertThat(Cards.all(card, Block.Matrix.class)).isEmpty();
    List<Block.Table> tables = Cards.all(card, Block.Table.class);
    assertThat(tables.get(0).caption()).isEqualTo("The most frequent confusions");
    assertThat(tables.get(0).rows()).hasSize(20);
    List<Long> counts =
        tables.get(0).rows().stream().map(row -> Long.parseLong(row.get(2))).toList();
    assertThat(counts).isSortedAccordingTo((one, other) -> Long.compare(other, one));
    long[][] confusion = tally.confusion().table();
    long most = 0;
    for (int truth = 0; truth < 200; truth++) {
      for (int predicted = 0; predicted < 200; predicted++) {
        most = truth == predicted ? most : Math.max(most, confusion[truth][predicted]);
      }
    }
    assertThat(counts.get(0)).isEqualTo(most);
    List<String> listed = new ArrayList<>();
    for (Block.Table table : tables.subList(1, 4)) {
      table.rows().forEach(row -> listed.add(row.get(0)));
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(names);
    assertThat(card.toString()).hasSizeLessThan(100_000);
  }

  private static Card card(Optional<Path> result, Path shards) throws Exception {
    Map<String, URI> inputs = Map.of("shards", shards.toUri());
    return new EvaluateJob()
        .card(new CardRequest("test", result.map(Path::toUri), inputs, List.of()));
  }

  /** By way of the file. */
  private static Card card(Tally tally, List<String> names) throws Exception {
    EvaluationJson.Origin origin =
        new EvaluationJson.Origin("m", "d", "test", Split.TEST, Optional.empty());
    String text = EvaluationJson.text(Evaluation.of(tally, names), origin);
    Evaluation evaluation =
        EvaluationJson.evaluation(EvaluationJson.read(text.getBytes(StandardCharsets.UTF_8)));
    return new EvaluationCard(
            evaluation, Optional.empty(), new VerdictGallery(evaluation, origin, Optional.empty()))
        .card();
  }
}
