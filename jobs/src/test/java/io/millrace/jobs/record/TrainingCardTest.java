package io.millrace.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.augment.TransformRows;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.model.ModelFiles;
import io.millrace.jobs.shard.Dataset;
import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.stats.StatsJob;
import io.millrace.jobs.testing.Cards;
import io.millrace.jobs.testing.JobsByFlags;
import io.millrace.jobs.testing.SmallDataset;
import io.millrace.jobs.testing.Told;
import io.millrace.jobs.train.TrainJob;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.CardPicture;
import io.millrace.pipeline.card.Figure;
import io.millrace.pipeline.card.Series;
import io.millrace.pipeline.job.CardRequest;
import io.millrace.pipeline.job.JobResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCardTest {
  private static final String SCRIPT = "<script>alert(1)</script>";

  private static final String CAT = "\u732b";

  @TempDir static Path folder;

  private static Path artifact;

  private static JobResult result;

  private static final Told TOLD = new Told();

  @BeforeAll
  static void train() throws Exception {
    Path shards = folder.resolve("shards");
    Dataset dataset = SmallDataset.write(shards, 120);
    List<String> names = new ArrayList<>(dataset.classNames());
    Collections.fill(names, CAT);
    names.set(0, SCRIPT);
    new Dataset(
            dataset.root(),
            Dataset.digestOf(dataset.shards(), names),
            names,
            dataset.counts(),
            Map.of(),
            Map.of(),
            dataset.shards())
        .write();
    Path stats = folder.resolve("stats");
    JobsByFlags.in(folder).run(new StatsJob(), Map.of("shards", shards.toString()), stats);
    artifact = folder.resolve("model");
    Map<String, String> flags =
        Map.of(
            "shards", shards.toString(),
            "stats", stats.toString(),
            "architecture", "{ name = conv-net, channels = [4, 8] }",
            "schedule", "{ one-cycle { epochs = 2, lr = 0.1 } }",
            "batch", "16",
            "averaging", "{ every = 1 }",
            "validation", "20%",
            "augment", "[{ flip = horizontal }]");
    result = JobsByFlags.in(folder).run(new TrainJob(), flags, artifact, TOLD);
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void showsWhatEachTransformDoes() throws Exception {
    List<Block.Gallery> done =
        Cards.all(card(Optional.of(artifact), List.of()), Block.Gallery.class).stream()
            .filter(gallery -> !gallery.caption().startsWith("What the model saw"))
            .toList();
    assertThat(done)
        .extracting(Block.Gallery::caption)
        .containsExactly(
            "What each transform does alone: first the pictures", "{ flip = horizontal }");
    assertThat(done).allSatisfy(gallery -> assertThat(gallery.pictures()).hasSize(8));
    assertThat(done.get(1).pictures()).isNotEqualTo(done.get(0).pictures());
    // While it runs, too.
    assertThat(Cards.all(card(Optional.empty(), TOLD.events()), Block.Gallery.class))
        .containsAll(done);
  }

  @Test
  void showsCurvesTimesAndFigures() throws Exception {
    Card card = card(Optional.of(artifact), List.of());
    assertThat(Cards.all(card, Block.Lines.class))
        .extracting(Block.Lines::title)
        .containsExactly("Loss", "Accuracy", "Learning rate", "Momentum", "Throughput");
    Block.Lines accuracy = Cards.all(card, Block.Lines.class).get(1);
    assertThat(accuracy.series())
        .extracting(Series::name)
        .containsExactly("training, smoothed", "validation");
    double[] validation = accuracy.series().get(1).y();
    assertThat(validation).hasSize(2);
    assertThat(validation[1] / 100).isEqualTo(result.metrics().get("validation-accuracy"));
    assertThat(Cards.all(card, Block.Lines.class).get(4).series())
        .extracting(Series::name)
        .containsExactly("worker 1", "worker 2");
    assertThat(Cards.all(card, Block.Bars.class).get(0).series())
        .extracting(Series::name)
        .contains("train", "validate", "decode");
    assertThat(figure(card, "validation accuracy").value())
        .isEqualTo("%.1f %%".formatted(100 * (double) result.metrics().get("validation-accuracy")));
    assertThat(figure(card, "weights").value()).isEqualTo("498");
    assertThat(tables(card, "Epochs").rows())
        .hasSize(2)
        .allSatisfy(row -> assertThat(row).hasSameSizeAs(tables(card, "Epochs").columns()));
    assertThat(tables(card, "Network and settings").rows())
        .contains(
            List.of("architecture", "conv-net { channels = [4, 8] }"),
            List.of("augment", "[flip { axis = horizontal, p = 0.5 }]"),
            List.of(
                "optimiser",
                "sgd { dampened = false, decay-on = all, nesterov = false, weight-decay = 0 }"));
    assertThat(Cards.all(card, Block.Code.class).get(0).text()).isEqualTo("millrace train --again");
  }

  @Test
  void showsFirstMinibatchWithClassNames() throws Exception {
    List<CardPicture> pictures =
        Cards.all(card(Optional.of(artifact), List.of()), Block.Gallery.class).get(0).pictures();
    assertThat(pictures).hasSize(16);
    assertThat(pictures).extracting(CardPicture::caption).containsOnly(SCRIPT, CAT);
    assertThat(pictures).allSatisfy(it -> assertThat(it.alt()).startsWith(it.caption() + ": "));
  }

  @Test
  void eventsShowTheSameCurvesDuringTheRun() throws Exception {
    List<Map<String, Object>> all = TOLD.events();
    Card done = card(Optional.of(artifact), List.of());
    Card live = card(Optional.empty(), all);
    assertThat(Cards.all(live, Block.Lines.class).get(0).series().get(1).y())
        .containsExactly(Cards.all(done, Block.Lines.class).get(0).series().get(1).y());
    assertThat(Cards.all(live, Block.Bars.class).get(0).series().get(0).y())
        .containsExactly(Cards.all(done, Block.Bars.class).get(0).series().get(0).y());
    assertThat(Cards.all(live, Block.Gallery.class))
        .isEqualTo(Cards.all(done, Block.Gallery.class));

    int third = 0;
    for (int rounds = 0; rounds < 3; third++) {
      rounds += "round".equals(all.get(third).get("event")) ? 1 : 0;
    }
    Card early = card(Optional.empty(), all.subList(0, third));
    assertThat(figure(early, "epoch").value()).isEqualTo("1 of 2");
    assertThat(figure(early, "epoch").note()).contains(" of ").endsWith("images seen");
    assertThat(Cards.all(early, Block.Lines.class).get(0).series().get(0).x())
        .containsExactly(1, 2, 3);
    assertThat(card(Optional.empty(), List.of())).isEqualTo(Card.EMPTY);
  }

  @Test
  void showsWhatARecordOfAnOlderVersionHas() throws Exception {
    Path old = Files.createDirectories(folder.resolve("old"));
    Files.copy(artifact.resolve("model.json"), old.resolve("model.json"));
    Files.writeString(
        old.resolve("record.json"),
        """
        {"rounds": [
          {"epoch": 1, "round": 1, "images": 16, "loss": 2.5, "learning-rate": 0.1,
           "momentum": 0.9, "seconds": 1.0, "worker-images-per-second": [8.0, 9.0]},
          {"epoch": 1, "round": 2, "images": 16, "loss": 1.5, "learning-rate": 0.1,
           "momentum": 0.9, "seconds": 1.0, "worker-images-per-second": [8.0, 0.0]}],
         "epochs": [{"epoch": 1, "loss": 2.0}]}
        """);
    Card card = card(Optional.of(old), List.of());
    assertThat(Cards.all(card, Block.Lines.class))
        .extracting(Block.Lines::title)
        .containsExactly("Loss", "Learning rate", "Momentum", "Throughput");
    assertThat(Cards.all(card, Block.Lines.class).get(3).series().get(1).y())
        .containsExactly(9, Double.NaN);
    assertThat(Cards.all(card, Block.Bars.class)).isEmpty();
    assertThat(tables(card, "Epochs").rows()).containsExactly(List.of("1", "2.000", "", "2.00 s"));
  }

  @Test
  void keepsCardSmallForLongTrainingsOfManyWorkers() throws Exception {
    TrainingRecord record = TrainingRecord.empty();
    List<Double> speeds = Collections.nCopies(16, 123.456);
    RoundTimes times = new RoundTimes(1, 1, 1, 1, 1, 1, 1, 1);
    for (int round = 1; round <= 50_000; round++) {
      int epoch = (round - 1) / 25 + 1;
      record
          .rounds()
          .add(
              new TrainingRecord.Round(
                  epoch,
                  round,
                  9,
                  Map.of("loss", 1.0 / round, "accuracy", 0.5),
                  0.1,
                  0.9,
                  1,
                  speeds,
                  times));
      if (round % 25 == 0) {
        Map<String, Double> means = Map.of("loss", 1.0, "accuracy", 0.5);
        record.epochs().add(new TrainingRecord.Epoch(epoch, means, means, 1.0));
      }
    }
    Card card =
        new TrainingCard(
                new TrainingSoFar(
                    Optional.empty(),
                    record,
                    FirstMinibatch.NONE,
                    TransformRows.NONE,
                    Optional.of(ModelFiles.file(JobFiles.in(artifact.toUri())))))
            .card();
    int points =
        Cards.all(card, Block.Lines.class).stream()
            .flatMap(lines -> lines.series().stream())
            .mapToInt(series -> series.y().length)
            .sum();
    assertThat(points).isBetween(1_000, 7_000);
    int rows =
        Cards.all(card, Block.Table.class).stream().mapToInt(table -> table.rows().size()).sum();
    assertThat(rows).isLessThan(600);
  }

  private static Card card(Optional<Path> model, List<Map<String, Object>> events)
      throws Exception {
    return new TrainJob().card(new CardRequest("model", model.map(Path::toUri), Map.of(), events));
  }

  private static Figure figure(Card card, String name) {
    return Cards.all(card, Block.Figures.class).get(0).figures().stream()
        .filter(figure -> figure.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Block.Table tables(Card card, String caption) {
    return Cards.all(card, Block.Table.class).stream()
        .filter(table -> table.caption().equals(caption))
        .findFirst()
        .orElseThrow();
  }
}
