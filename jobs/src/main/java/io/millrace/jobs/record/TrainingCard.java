package io.millrace.jobs.record;

import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.loss.Measure;
import io.millrace.jobs.loss.Measure.Unit;
import io.millrace.jobs.model.ModelFile;
import io.millrace.jobs.page.KeptPicture;
import io.millrace.jobs.page.Thumbnails;
import io.millrace.jobs.page.Wording;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Card;
import io.millrace.pipeline.card.CardPicture;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.card.Figure;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a report shows of a training. */
public final class TrainingCard {
  private static final long ROOM_FOR_PICTURES = 150_000;
  private static final long ROOM_FOR_TRANSFORMS = 600_000;

  private final TrainingSoFar training;
  private final TrainingRecord record;
  private final List<Measure> measures;
  private final String unit;
  private final TrainingCurves curves;

  /** The card of a training that runs or is done. */
  public TrainingCard(TrainingSoFar training) {
    this.training = training;
    this.record = training.record();
    this.measures = training.facts().map(TrainingFacts::measures).orElse(CrossEntropy.MEASURES);
    this.unit = training.facts().map(TrainingFacts::unit).orElse(TrainingFacts.IMAGES);
    this.curves =
        new TrainingCurves(
            record,
            all(training),
            unit,
            training.facts().map(TrainingFacts::rounds).orElse(record.rounds().size()),
            training.facts().map(TrainingFacts::beginnings).orElse(List.of()));
  }

  /** The measures of steps, then those that only a validation has. */
  private static List<Measure> all(TrainingSoFar training) {
    return training
        .facts()
        .map(
            facts ->
                Stream.concat(facts.measures().stream(), facts.validationMeasures().stream())
                    .distinct()
                    .toList())
        .orElse(CrossEntropy.MEASURES);
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
    training.model().ifPresent(model -> blocks.add(provenance(model)));
    return new Card(blocks);
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    Optional<TrainingRecord.Epoch> last =
        record.epochs().stream().reduce((earlier, later) -> later);
    for (Measure measure : measures) {
      if (training.isDone() && last.isPresent()) {
        figure(measure, last.get().measures(), "last epoch").ifPresent(figures::add);
      } else if (!record.rounds().isEmpty()) {
        double now = curves.smoothed(measure).last();
        if (!Double.isNaN(now)) {
          figures.add(
              new Figure(training(measure), MeasureText.of(measure, now), "training, smoothed"));
        }
      }
    }
    last.ifPresent(epoch -> figures.addAll(validation(epoch)));
    if (!record.rounds().isEmpty()) {
      String speed = Amounts.rate(record.examplesPerSecond(), unit);
      figures.add(new Figure("speed", speed, workers()));
      figures.add(progress());
    }
    training
        .facts()
        .ifPresent(facts -> figures.add(new Figure("weights", Amounts.count(facts.weights()), "")));
    return figures;
  }

  private static Optional<Figure> figure(Measure measure, Map<String, Double> means, String note) {
    return Optional.ofNullable(means.get(measure.name()))
        .map(mean -> new Figure(training(measure), MeasureText.of(measure, mean), note));
  }

  private static String training(Measure measure) {
    return measure.unit() == Unit.SHARE ? "training " + measure.name() : measure.name();
  }

  /** The shares, such as accuracy, which people look for first; if there are none, all measures. */
  private List<Figure> validation(TrainingRecord.Epoch epoch) {
    List<Measure> told =
        training
            .facts()
            .map(TrainingFacts::validationMeasures)
            .orElse(CrossEntropy.MEASURES)
            .stream()
            .filter(measure -> epoch.validation().containsKey(measure.name()))
            .toList();
    List<Measure> shares = told.stream().filter(it -> it.unit() == Unit.SHARE).toList();
    return (shares.isEmpty() ? told : shares)
        .stream()
            .map(
                measure ->
                    new Figure(
                        "validation " + measure.name(),
                        MeasureText.of(measure, epoch.validation().get(measure.name())),
                        "after epoch " + epoch.epoch()))
            .toList();
  }

  private String workers() {
    return Amounts.count(record.rounds().get(0).workerExamplesPerSecond().size(), "worker");
  }

  private Figure progress() {
    TrainingRecord.Round last = record.rounds().get(record.rounds().size() - 1);
    long seen = record.rounds().stream().mapToLong(TrainingRecord.Round::examples).sum();
    if (training.isDone() || training.facts().isEmpty()) {
      return new Figure("epochs", Integer.toString(last.epoch()), seen(Amounts.count(seen)));
    }
    TrainingFacts facts = training.facts().get();
    return new Figure(
        "epoch",
        last.epoch() + " of " + facts.epochs(),
        seen(Amounts.count(seen) + " of " + Amounts.count(facts.imagesSeen())));
  }

  private String seen(String count) {
    return count + " " + unit + " seen";
  }

  private Optional<Block> gallery() {
    Thumbnails thumbnails = new Thumbnails(ROOM_FOR_PICTURES);
    List<CardPicture> pictures = new ArrayList<>();
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
    if (facts.input() != null) {
      rows.add(List.of("input", facts.input() + " (channels, height, width)"));
    }
    if (facts.classes() != null) {
      rows.add(List.of("classes", Amounts.count(facts.classes())));
    }
    rows.add(List.of("weights", Amounts.count(facts.weights())));
    rows.add(List.of("multiply-adds an image", Amounts.count(facts.multiplyAdds())));
    rows.add(List.of("images an epoch", Amounts.count(facts.images())));
    rows.add(List.of("rounds an epoch", Amounts.count(facts.roundsPerEpoch())));
    facts.settings().forEach((key, value) -> rows.add(List.of(key, SettingText.of(value))));
    return new Block.Table(
        "Network and settings", List.of(Column.words("setting"), Column.words("value")), rows);
  }

  private static Block provenance(ModelFile model) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("digest of the weights", model.digest()));
    add(rows, "engine", model.engine());
    for (Map.Entry<String, Object> entry : model.provenance().entrySet()) {
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
    if (model.provenance().get("reproduce") instanceof String command) {
      blocks.add(new Block.Code("Reproduces the model", command));
    }
    return new Block.Fold("Where it comes from", blocks);
  }

  private static void add(List<List<String>> rows, String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> add(rows, name + " " + key, each));
    } else {
      rows.add(List.of(name, String.valueOf(value)));
    }
  }
}
