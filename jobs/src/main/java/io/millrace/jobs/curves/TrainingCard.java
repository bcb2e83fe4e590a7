package io.millrace.jobs.curves;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.jobs.card.KeptPicture;
import io.millrace.jobs.card.Thumbnails;
import io.millrace.jobs.card.Wording;
import io.millrace.jobs.model.ModelFiles;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.card.Figure;
import io.millrace.pipeline.card.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a report shows of a training. */
public final class TrainingCard {
  private static final long ROOM_FOR_PICTURES = 150_000;
  private static final long ROOM_FOR_TRANSFORMS = 600_000;
  private static final double PERCENT = 100;

  private final TrainingSoFar training;
  private final TrainingRecord record;
  private final TrainingCurves curves;

  /** Of a training at work or done. */
  public TrainingCard(TrainingSoFar training) {
    this.training = training;
    this.record = training.record();
    this.curves =
        new TrainingCurves(
            record,
            training.facts().map(TrainingFacts::rounds).orElse(record.rounds().size()),
            training.facts().map(TrainingFacts::beginnings).orElse(List.of()));
  }

  /** Empty if nothing is known yet. */
  public Card card() {
    List<Block> blocks = new ArrayList<>();
    List<Figure> figures = figures();
    if (!figures.isEmpty()) {
      blocks.add(new Block.Figures(figures));
    }
    if (!record.rounds().isEmpty()) {
      blocks.addAll(curves.blocks());
      blocks.addAll(new TimeSpent(record).blocks());
    }
    blocks.addAll(new EpochTables(training).blocks());
    gallery().ifPresent(blocks::add);
    blocks.addAll(training.transforms().blocks(new Thumbnails(ROOM_FOR_TRANSFORMS)));
    training.facts().ifPresent(facts -> blocks.add(settings(facts)));
    if (training.isDone()) {
      blocks.add(provenance());
    }
    return new Card(blocks);
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    Optional<TrainingRecord.Epoch> last =
        record.epochs().stream().reduce((earlier, later) -> later);
    if (training.isDone() && last.isPresent()) {
      figures.add(
          new Figure("loss", EpochTables.number(last.get().loss()), "last epoch, training"));
      percent("training accuracy", last.get().accuracy(), "last epoch").ifPresent(figures::add);
    } else if (!record.rounds().isEmpty()) {
      figures.add(
          new Figure(
              "loss", EpochTables.number(curves.smoothedLoss().last()), "training, smoothed"));
      double accuracy = curves.smoothedAccuracy().last();
      if (!Double.isNaN(accuracy)) {
        figures.add(new Figure("training accuracy", EpochTables.percent(accuracy), "smoothed"));
      }
    }
    last.flatMap(
            epoch ->
                percent(
                    "validation accuracy",
                    epoch.validationAccuracy(),
                    "after epoch " + epoch.epoch()))
        .ifPresent(figures::add);
    if (!record.rounds().isEmpty()) {
      String speed = String.format(Locale.ROOT, "%,.0f images/s", record.imagesPerSecond());
      figures.add(new Figure("speed", speed, workers()));
      figures.add(progress());
    }
    training
        .facts()
        .ifPresent(facts -> figures.add(new Figure("weights", Wording.count(facts.weights()), "")));
    return figures;
  }

  private String workers() {
    return Wording.count(record.rounds().get(0).workerImagesPerSecond().size(), "worker");
  }

  private Figure progress() {
    TrainingRecord.Round last = record.rounds().get(record.rounds().size() - 1);
    long seen = record.rounds().stream().mapToLong(TrainingRecord.Round::images).sum();
    if (training.isDone() || training.facts().isEmpty()) {
      return new Figure(
          "epochs", Integer.toString(last.epoch()), Wording.count(seen) + " images seen");
    }
    TrainingFacts facts = training.facts().get();
    return new Figure(
        "epoch",
        last.epoch() + " of " + facts.epochs(),
        Wording.count(seen) + " of " + Wording.count(facts.imagesSeen()) + " images seen");
  }

  private Optional<Block> gallery() {
    Thumbnails thumbnails = new Thumbnails(ROOM_FOR_PICTURES);
    List<Picture> pictures = new ArrayList<>();
    for (KeptPicture shown : training.first().pictures()) {
      String label = Wording.shortened(shown.label());
      shown.on(thumbnails, label + ": " + shown.id(), label).ifPresent(pictures::add);
    }
    return pictures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Gallery(
                "What the model saw: worker 1's first minibatch, augmented", pictures));
  }

  private Block settings(TrainingFacts facts) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("input", facts.input() + " (channels, height, width)"));
    rows.add(List.of("classes", Wording.count(facts.classes())));
    rows.add(List.of("weights", Wording.count(facts.weights())));
    rows.add(List.of("multiply-adds an image", Wording.count(facts.multiplyAdds())));
    rows.add(List.of("images an epoch", Wording.count(facts.images())));
    rows.add(List.of("rounds an epoch", Wording.count(facts.roundsPerEpoch())));
    facts.settings().forEach((key, value) -> rows.add(List.of(key, SettingText.of(value))));
    return new Block.Table(
        "Network and settings", List.of(Column.words("setting"), Column.words("value")), rows);
  }

  private Block provenance() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("digest of the weights", training.model().path("digest").asText()));
    add(rows, "engine", training.model().path("engine"));
    JsonNode provenance = training.model().path(ModelFiles.PROVENANCE);
    for (Map.Entry<String, JsonNode> entry : provenance.properties()) {
      switch (entry.getKey()) {
        case TrainingFacts.NAME, "parameters", "reproduce" -> {
          // Shown as settings and as a command.
        }
        default -> add(rows, entry.getKey(), entry.getValue());
      }
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Table(
            "Where the model comes from",
            List.of(Column.words("what"), Column.words("value")),
            rows));
    String reproduce = provenance.path("reproduce").asText();
    if (!reproduce.isEmpty()) {
      blocks.add(new Block.Code("Reproduces the model", reproduce));
    }
    return new Block.Fold("Where it comes from", blocks);
  }

  private static void add(List<List<String>> rows, String name, JsonNode value) {
    if (value.isObject()) {
      value.properties().forEach(it -> add(rows, name + " " + it.getKey(), it.getValue()));
    } else {
      rows.add(List.of(name, value.asText()));
    }
  }

  private static Optional<Figure> percent(String name, Double share, String note) {
    return Optional.ofNullable(share)
        .map(it -> new Figure(name, EpochTables.percent(PERCENT * it), note));
  }
}
