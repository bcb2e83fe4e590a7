package io.millrace.jobs.source.folder;

import io.millrace.jobs.source.ImageNames;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which column of a CSV file tells what.
 *
 * @param comments lines before all others that begin with # and name no file
 * @param heading whether the first line after them names the columns
 * @param path column of the file's path or name
 * @param label column of the class; -1 if there is none, or one for each class
 * @param classes columns of classes, 0 or 1 in each line; none if one column names the class
 * @param classNames what these columns are called
 * @param split column of the split's name; -1 if there is none
 * @param valid column that says whether it is for validation; -1 if there is none
 * @param unread names of the other columns
 */
record CsvColumns(
    int comments,
    boolean heading,
    int path,
    int label,
    List<Integer> classes,
    List<String> classNames,
    int split,
    int valid,
    List<String> unread)
    implements Serializable {
  /** The words that data sets have for the columns, in lower case without marks. */
  private static final List<String> PATHS =
      List.of(
          "path",
          "filepath",
          "file",
          "filename",
          "fname",
          "image",
          "imagepath",
          "imagename",
          "imagefile",
          "imageid",
          "img",
          "imgname",
          "imgid",
          "picture",
          "id",
          "idcode",
          "name");

  private static final List<String> LABELS =
      List.of(
          "label",
          "labels",
          "class",
          "classname",
          "classid",
          "classes",
          "category",
          "categoryid",
          "target",
          "breed",
          "species",
          "tag",
          "tags",
          "diagnosis",
          "level",
          "y");

  private static final List<String> SPLITS =
      List.of("split", "set", "subset", "partition", "fold", "dataset");

  private static final List<String> VALID = List.of("isvalid", "isval", "valid", "validation");

  /** Lines that are looked at to tell columns of zeros and ones. */
  private static final int LOOKED_AT = 1000;

  /** Names of columns that a user gave; empty where none is given. */
  record Asked(Optional<String> path, Optional<String> label, Optional<String> split) {
    static final Asked NOTHING = new Asked(Optional.empty(), Optional.empty(), Optional.empty());

    private boolean any() {
      return path.isPresent() || label.isPresent() || split.isPresent();
    }
  }

  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Looks at the first lines.
   *
   * @throws CannotException if the file holds no line, or not the columns that are asked for
   */
  static CsvColumns of(CsvLabels csv, CsvFiles files, Asked asked) throws IOException {
    List<String[]> lines = new ArrayList<>();
    try {
      csv.visit(
          (number, line, cells) -> {
            lines.add(cells);
            if (lines.size() > LOOKED_AT) {
              throw new Enough();
            }
          });
    } catch (Enough enough) {
      // These tell what there is.
    }
    if (lines.isEmpty()) {
      throw new CannotException(
          csv.what(), "it is empty; it takes a line path,label for each file");
    }
    int comments = 0;
    while (lines.size() > 1 && isComment(lines.get(0), files)) {
      lines.remove(0);
      comments++;
    }
    boolean heading = asked.any() || isHeading(lines.get(0), lines, files);
    if (heading && lines.size() == 1) {
      throw new CannotException(
          csv.what(), "there is only a heading in it; it takes a line for each file");
    }
    return heading
        ? named(csv, comments, lines, asked)
        : new CsvColumns(comments, false, 0, 1, List.of(), List.of(), -1, -1, unnamed(lines));
  }

  /** A heading names no file, and is not the line of a file that was lost. */
  private static boolean isHeading(String[] first, List<String[]> lines, CsvFiles files) {
    String path = cell(first, 0);
    if (path.isEmpty() || files.find(path).isThere()) {
      return false;
    }
    if (ImageNames.is(path)) {
      return false;
    }
    if (hasWords(first)) {
      return true;
    }
    String label = cell(first, 1);
    return lines.stream().skip(1).noneMatch(line -> cell(line, 1).equals(label));
  }

  private static boolean isComment(String[] line, CsvFiles files) {
    String first = cell(line, 0);
    return first.startsWith("#") && !files.find(first).isThere() && !hasWords(line);
  }

  private static boolean hasWords(String[] line) {
    for (String cell : line) {
      String word = word(cell);
      if (PATHS.contains(word) || LABELS.contains(word) || SPLITS.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static CsvColumns named(CsvLabels csv, int comments, List<String[]> lines, Asked asked) {
    String[] names = lines.get(0);
    Set<Integer> free = new LinkedHashSet<>();
    for (int i = 0; i < names.length; i++) {
      free.add(i);
    }
    int path =
        asked.path().isPresent()
            ? asked(csv, names, asked.path().get(), "path-column")
            : first(names, PATHS, free, 0);
    free.remove(path);
    int split =
        asked.split().isPresent()
            ? asked(csv, names, asked.split().get(), "split-column")
            : first(names, SPLITS, free, -1);
    free.remove(split);
    int valid = split >= 0 ? -1 : first(names, VALID, free, -1);
    free.remove(valid);
    int label =
        asked.label().isPresent()
            ? asked(csv, names, asked.label().get(), "label-column")
            : first(names, LABELS, free, -1);
    List<Integer> classes = List.of();
    if (label < 0) {
      List<Integer> marks = marks(lines, free);
      if (marks.size() > 1) {
        classes = marks;
        free.removeAll(marks);
      } else if (!free.isEmpty()) {
        label = free.iterator().next();
      }
    }
    free.remove(label);
    return new CsvColumns(
        comments,
        true,
        path,
        label,
        List.copyOf(classes),
        classes.stream().map(i -> cell(names, i)).toList(),
        split,
        valid,
        free.stream().map(i -> cell(names, i)).filter(name -> !name.isEmpty()).toList());
  }

  private static int asked(CsvLabels csv, String[] names, String wanted, String key) {
    for (int i = 0; i < names.length; i++) {
      if (wanted.equals(cell(names, i))) {
        return i;
      }
    }
    List<String> there = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      there.add(cell(names, i));
    }
    throw new CannotException(
        csv.what(),
        "it has no column '%s' (source.labels.%s); its columns are %s"
            .formatted(wanted, key, String.join(", ", there)));
  }

  private static int first(String[] names, List<String> words, Set<Integer> free, int otherwise) {
    for (String word : words) {
      for (int i : free) {
        if (word(names[i]).equals(word)) {
          return i;
        }
      }
    }
    return otherwise;
  }

  /** Columns that hold 0 or 1, of which each line has one 1. */
  private static List<Integer> marks(List<String[]> lines, Set<Integer> free) {
    List<Integer> marks = new ArrayList<>(free);
    for (String[] line : lines.subList(1, lines.size())) {
      marks.removeIf(i -> !isMark(cell(line, i)));
    }
    for (String[] line : lines.subList(1, lines.size())) {
      if (marks.stream().filter(i -> isOne(cell(line, i))).count() != 1) {
        return List.of();
      }
    }
    return marks;
  }

  private static boolean isMark(String cell) {
    return isOne(cell) || cell.matches("0(\\.0+)?");
  }

  private static boolean isOne(String cell) {
    return cell.matches("1(\\.0+)?");
  }

  /** What a line has beyond path and label where nothing names its columns. */
  private static List<String> unnamed(List<String[]> lines) {
    int most = lines.stream().mapToInt(line -> line.length).max().orElse(0);
    List<String> names = new ArrayList<>();
    for (int i = 2; i < most; i++) {
      names.add("number " + (i + 1));
    }
    return names;
  }

  /** Whether a line, by its number from 0 on, is that of a file. */
  boolean isOfFile(long number) {
    return number >= comments + (heading ? 1 : 0);
  }

  /** The class that a line tells; empty if none. */
  String labelOf(String[] cells) {
    for (int i = 0; i < classes.size(); i++) {
      if (isOne(cell(cells, classes.get(i)))) {
        return classNames.get(i);
      }
    }
    return label < 0 ? "" : cell(cells, label);
  }

  static String cell(String[] cells, int column) {
    return column < 0 || column >= cells.length || cells[column] == null
        ? ""
        : cells[column].strip();
  }

  private static String word(String cell) {
    return cell == null ? "" : cell.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "");
  }
}
