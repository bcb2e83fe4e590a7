package io.millrace.jobs.record;

import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.loss.Measure;
import io.millrace.pipeline.card.Block;
import io.millrace.pipeline.card.Column;
import io.millrace.pipeline.text.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The epochs of a training, and its phases where it has several, as tables. */
final class EpochTables {
  private static final int EPOCHS_SHOWN = 20;
  private static final int EPOCHS_FOLDED = 500;

  private final TrainingSoFar training;
  private final TrainingRecord record;
  private final List<Measure> measures;
  private final List<Measure> validation;

  EpochTables(TrainingSoFar training) {
    this.training = training;
    this.record = training.record();
    this.measures = training.facts().map(TrainingFacts::measures).orElse(CrossEntropy.MEASURES);
    this.validation =
        training.facts().map(TrainingFacts::validationMeasures).orElse(CrossEntropy.MEASURES);
  }

  /** No tables as long as no epoch is done and no phases are known. */
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    phases().ifPresent(blocks::add);
    blocks.addAll(epochs());
    return blocks;
  }

  private Optional<Block> phases() {
    List<List<String>> rows = new ArrayList<>();
    for (TrainingFacts.PhaseFacts phase :
        training.facts().map(TrainingFacts::phases).orElse(List.of())) {
      rows.add(
          List.of(
              Integer.toString(rows.size() + 1),
              phase.size(),
              SettingText.of(phase.length()),
              Amounts.count(phase.images()),
              Amounts.count(phase.roundsPerEpoch()),
              Amounts.count(phase.multiplyAdds())));
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Block.Table(
                "Phases",
                List.of(
                    Column.figures("phase"),
                    Column.words("size"),
                    Column.figures("epochs"),
                    Column.figures("images an epoch"),
                    Column.figures("rounds an epoch"),
                    Column.figures("multiply-adds an image")),
                rows));
  }

  private List<Block> epochs() {
    List<List<String>> rows = record.epochs().stream().map(this::row).toList();
    if (rows.isEmpty()) {
      return List.of();
    }
    int shown = Math.max(0, rows.size() - EPOCHS_SHOWN);
    int folded = Math.max(0, shown - EPOCHS_FOLDED);
    List<Block> blocks = new ArrayList<>();
    blocks.add(table(shown == 0 ? "Epochs" : "The last epochs", rows.subList(shown, rows.size())));
    if (shown > 0) {
      blocks.add(
          new Block.Fold("Earlier epochs", List.of(table("Epochs", rows.subList(folded, shown)))));
    }
    return blocks;
  }

  private Block table(String caption, List<List<String>> rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.figures("epoch"));
    if (phased()) {
      columns.add(Column.words("size"));
    }
    measures.forEach(measure -> columns.add(Column.figures(measure.name())));
    if (validated()) {
      validation.forEach(measure -> columns.add(Column.figures("validation " + measure.name())));
    }
    columns.add(Column.figures("time"));
    return new Block.Table(caption, columns, rows);
  }

  private List<String> row(TrainingRecord.Epoch epoch) {
    List<String> row = new ArrayList<>();
    row.add(Integer.toString(epoch.epoch()));
    if (phased()) {
      row.add(
          training
              .facts()
              .flatMap(facts -> facts.phase(epoch.epoch()))
              .map(TrainingFacts.PhaseFacts::size)
              .orElse(""));
    }
    measures.forEach(measure -> row.add(text(measure, epoch.measures())));
    if (validated()) {
      validation.forEach(measure -> row.add(text(measure, epoch.validation())));
    }
    row.add(Amounts.seconds(record.seconds(epoch)));
    return row;
  }

  private boolean phased() {
    return training.facts().filter(facts -> !facts.phases().isEmpty()).isPresent();
  }

  private boolean validated() {
    return record.epochs().stream().anyMatch(epoch -> !epoch.validation().isEmpty());
  }

  private static String text(Measure measure, Map<String, Double> means) {
    Double mean = means.get(measure.name());
    return mean == null ? "" : MeasureText.of(measure, mean);
  }
}
