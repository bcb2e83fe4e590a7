package io.millrace.jobs.source.folder;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.SplitNames;
import io.millrace.pipeline.CannotException;
import java.util.Locale;

/** The splits of the lines of a CSV file. */
final class CsvSplits {
  private CsvSplits() {}

  /**
   * The split of a line.
   *
   * @throws CannotException if its column holds another word
   */
  static Split of(LabelFile file, long line, String[] cells) {
    CsvColumns columns = file.columns();
    if (columns.split() >= 0) {
      String word = CsvColumns.cell(cells, columns.split());
      return word.isEmpty()
          ? file.split()
          : SplitNames.of(word).orElseThrow(() -> wrong(file, line, word, "train, val or test"));
    }
    if (columns.valid() >= 0) {
      String word = CsvColumns.cell(cells, columns.valid()).toLowerCase(Locale.ROOT);
      return switch (word) {
        case "true", "1", "1.0", "yes" -> Split.VAL;
        case "false", "0", "0.0", "no", "" -> Split.TRAIN;
        default -> throw wrong(file, line, word, "true or false");
      };
    }
    return file.split();
  }

  private static CannotException wrong(LabelFile file, long line, String word, String expected) {
    return new CannotException(
        file.csv().what(),
        "its line %d has the split '%s', expected %s; fix it, or choose another column with"
                .formatted(line, word, expected)
            + " source.labels.split-column");
  }
}
