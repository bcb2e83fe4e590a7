package io.millrace.jobs.source.folder;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.SplitNames;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a CSV file says, line by line, held against the files that are there.
 *
 * @param classes in their order: those of lines whose file is there
 * @param notices what a person should know of it
 */
record CsvReading(CsvColumns columns, List<String> classes, List<String> notices) {
  /**
   * Reads all lines.
   *
   * @throws CannotException if a line has no path, a split that is none, or a label other than that
   *     of another line of the same file
   */
  static CsvReading of(CsvLabels csv, CsvFiles files, CsvColumns.Asked asked) throws IOException {
    csv.requireEncoding();
    CsvColumns columns = CsvColumns.of(csv, files, asked);
    TreeSet<String> classes = new TreeSet<>(ClassOrder.NATURAL);
    Map<String, String> labels = new HashMap<>();
    Map<String, Long> lines = new HashMap<>();
    long[] again = new long[1];
    csv.visit(
        (number, line, cells) -> {
          if (!columns.isOfFile(number)) {
            return;
          }
          String path = CsvColumns.cell(cells, columns.path());
          if (path.isEmpty()) {
            throw new CannotException(
                csv.what(), "its line " + line + " has no path; lines are path,label");
          }
          splitOf(csv, columns, line, cells, Split.TRAIN);
          CsvFiles.Named found = files.find(path);
          if (!found.isThere()) {
            return;
          }
          String label = columns.labelOf(cells);
          String before = labels.putIfAbsent(found.id(), label);
          if (before != null && !before.equals(label)) {
            throw new CannotException(
                csv.what(),
                "its lines %d and %d give %s different labels, %s and %s; keep one of them"
                    .formatted(lines.get(found.id()), line, path, shown(before), shown(label)));
          }
          again[0] += before == null ? 0 : 1;
          lines.putIfAbsent(found.id(), line);
          if (!label.isEmpty()) {
            classes.add(label);
          }
        });
    return new CsvReading(
        columns, List.copyOf(classes), notices(csv, columns, again[0], labels.isEmpty()));
  }

  private static List<String> notices(
      CsvLabels csv, CsvColumns columns, long again, boolean noneThere) {
    List<String> notices = new ArrayList<>();
    if (noneThere) {
      notices.add("No line of %s names a file that is there.".formatted(csv.name()));
    }
    if (!columns.unread().isEmpty()) {
      notices.add(
          "Of %s these columns are not read: %s."
              .formatted(csv.name(), String.join(", ", columns.unread())));
    }
    if (!columns.classes().isEmpty()) {
      notices.add(
          "%s has a column for each class: %s."
              .formatted(csv.name(), String.join(", ", columns.classNames())));
    }
    if (again > 0) {
      notices.add(
          "%s of %s %s a file again, with the same label; it is read once."
              .formatted(Amounts.count(again, "line"), csv.name(), again == 1 ? "names" : "name"));
    }
    if (!csv.encoding().equalsIgnoreCase("utf-8")) {
      notices.add("%s is read as %s.".formatted(csv.name(), csv.encoding()));
    }
    return notices;
  }

  /**
   * The split of a line.
   *
   * @param otherwise where no column tells it
   * @throws CannotException if its column holds another word
   */
  static Split splitOf(
      CsvLabels csv, CsvColumns columns, long line, String[] cells, Split otherwise) {
    if (columns.split() >= 0) {
      String word = CsvColumns.cell(cells, columns.split());
      return word.isEmpty()
          ? otherwise
          : SplitNames.of(word).orElseThrow(() -> wrong(csv, line, word, "train, val or test"));
    }
    if (columns.valid() >= 0) {
      String word = CsvColumns.cell(cells, columns.valid()).toLowerCase(Locale.ROOT);
      return switch (word) {
        case "true", "1", "1.0", "yes" -> Split.VAL;
        case "false", "0", "0.0", "no", "" -> Split.TRAIN;
        default -> throw wrong(csv, line, word, "true or false");
      };
    }
    return otherwise;
  }

  private static CannotException wrong(CsvLabels csv, long line, String word, String expected) {
    return new CannotException(
        csv.what(),
        "its line %d has the split '%s', expected %s; fix it, or take another column with"
                .formatted(line, word, expected)
            + " source.labels.split-column");
  }

  private static String shown(String label) {
    return label.isEmpty() ? "none" : "'" + label + "'";
  }
}
