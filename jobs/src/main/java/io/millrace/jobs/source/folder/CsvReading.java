package io.millrace.jobs.source.folder;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.SplitNames;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.text.Amounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads CSV files line by line and compares them with the files that are there. */
final class CsvReading {
  private final CsvFiles files;
  private final List<LabelFile> labels = new ArrayList<>();
  private final TreeSet<String> classes = new TreeSet<>(ClassOrder.NATURAL);
  private final List<String> notices = new ArrayList<>();

  /** The first line that names a file, by the file's id. */
  private final Map<String, Told> told = new HashMap<>();

  private CsvReading(CsvFiles files) {
    this.files = files;
  }

  private record Told(CsvLabels csv, long line, String label, Split split) {}

  /** Counts over all lines of a file. */
  private static final class Count {
    private final Set<Split> folders = EnumSet.noneOf(Split.class);
    private boolean anyThere;
    private long again;
  }

  /**
   * Reads all lines.
   *
   * @param otherwise the split of lines that have none
   * @throws CannotException if a line has no path, an invalid split, or a label or split that
   *     differs from another line's for the same file
   */
  static CsvReading of(
      List<CsvLabels> csvs, CsvFiles files, CsvColumns.Asked asked, Split otherwise)
      throws IOException {
    CsvReading reading = new CsvReading(files);
    for (CsvLabels csv : csvs) {
      csv.requireEncoding();
      Split split = csvs.size() == 1 ? otherwise : csv.split(files.folder(csv)).orElse(otherwise);
      LabelFile file = new LabelFile(csv, CsvHeading.of(csv, files, asked), split);
      reading.labels.add(file);
      Count count = new Count();
      csv.visit((number, line, cells) -> reading.line(file, count, number, line, cells));
      reading.tell(file, count);
    }
    reading.tellCombined();
    return reading;
  }

  List<LabelFile> labels() {
    return List.copyOf(labels);
  }

  /** The classes of lines whose file is there, in order. */
  List<String> classes() {
    return List.copyOf(classes);
  }

  /** What a person should know of it. */
  List<String> notices() {
    return notices;
  }

  private void line(LabelFile file, Count count, long number, long line, String[] cells) {
    CsvColumns columns = file.columns();
    if (!columns.isOfFile(number)) {
      return;
    }
    String path = CsvColumns.cell(cells, columns.path());
    if (path.isEmpty()) {
      throw new CannotException(
          file.csv().what(), "its line " + line + " has no path; lines are path,label");
    }
    Told one = new Told(file.csv(), line, columns.labelOf(cells), CsvSplits.of(file, line, cells));
    CsvFiles.Named found = files.find(file.csv(), path);
    if (!found.isThere()) {
      return;
    }
    count.anyThere = true;
    int slash = found.id().indexOf('/');
    SplitNames.of(slash < 0 ? "" : found.id().substring(0, slash)).ifPresent(count.folders::add);
    Told before = told.putIfAbsent(found.id(), one);
    if (before != null) {
      count.again++;
      requireSame(path, before, one);
    }
    if (!one.label.isEmpty()) {
      classes.add(one.label);
    }
  }

  private static void requireSame(String path, Told before, Told one) {
    boolean labels = !before.label.equals(one.label);
    if (!labels && before.split == one.split) {
      return;
    }
    String lines =
        before.csv.equals(one.csv)
            ? "its lines %d and %d".formatted(before.line, one.line)
            : "line %d of %s and its line %d".formatted(before.line, before.csv.name(), one.line);
    throw new CannotException(
        one.csv.what(),
        "%s give %s different %s, %s and %s; keep one of them"
            .formatted(
                lines,
                path,
                labels ? "labels" : "splits",
                labels ? shown(before.label) : before.split.text(),
                labels ? shown(one.label) : one.split.text()));
  }

  private void tell(LabelFile file, Count count) {
    CsvLabels csv = file.csv();
    CsvColumns columns = file.columns();
    if (!count.anyThere) {
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
    count.folders.remove(file.split());
    if (columns.split() < 0 && columns.valid() < 0 && !count.folders.isEmpty()) {
      notices.add(
          "%s names files in folders of %s, but has no column of splits: all of them are taken as %s."
              .formatted(
                  csv.name(),
                  String.join(" and ", count.folders.stream().map(Split::text).toList()),
                  file.split().text()));
    }
    if (count.again > 0) {
      notices.add(
          "%s of %s %s a file again, with the same label; it is read once."
              .formatted(
                  Amounts.count(count.again, "line"),
                  csv.name(),
                  count.again == 1 ? "names" : "name"));
    }
    if (!csv.encoding().equalsIgnoreCase("utf-8")) {
      notices.add("%s is read as %s.".formatted(csv.name(), csv.encoding()));
    }
  }

  /** Reports cells that seem to hold several labels, because those labels occur alone, too. */
  private void tellCombined() {
    for (String mark : List.of("|", ";", ",")) {
      Map<String, Integer> cells = new HashMap<>();
      for (String name : classes) {
        for (String each : name.split(Pattern.quote(mark), -1)) {
          cells.merge(each.strip(), 1, Integer::sum);
        }
      }
      Optional<String> combined =
          classes.stream()
              .filter(name -> name.contains(mark))
              .filter(
                  name ->
                      Arrays.stream(name.split(Pattern.quote(mark), -1))
                          .anyMatch(each -> cells.get(each.strip()) > 1))
              .findFirst();
      if (combined.isPresent()) {
        notices.add(
            "Labels such as '%s' look like several labels; each combination is a class of its own."
                .formatted(combined.get()));
        return;
      }
    }
  }

  private static String shown(String label) {
    return label.isEmpty() ? "none" : "'" + label + "'";
  }
}
