package io.millrace.jobs.source.folder;

import static io.millrace.jobs.source.folder.CsvColumns.cell;
import static io.millrace.jobs.source.folder.CsvColumns.isOne;

import io.millrace.jobs.source.ImageNames;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds out from the first lines of a CSV file what its columns are. */
final class CsvHeading {
  /** Usual names of the columns in datasets, in lower case and only letters. */
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
          "dx",
          "variety",
          "finelabel",
          "level",
          "y");

  private static final List<String> SPLITS =
      List.of("split", "set", "subset", "partition", "fold", "dataset");

  private static final List<String> VALID = List.of("isvalid", "isval", "valid", "validation");

  /** Lines that are read to find columns of zeros and ones. */
  private static final int LOOKED_AT = 1000;

  private final CsvLabels csv;
  private final CsvFiles files;
  private final List<String[]> lines = new ArrayList<>();

  private CsvHeading(CsvLabels csv, CsvFiles files) {
    this.csv = csv;
    this.files = files;
  }

  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Looks at the first lines.
   *
   * @throws CannotException if the file holds no line, or not the columns that are asked for
   */
  static CsvColumns of(CsvLabels csv, CsvFiles files, CsvColumns.Asked asked) throws IOException {
    CsvHeading heading = new CsvHeading(csv, files);
    heading.read();
    return heading.columns(asked);
  }

  private void read() throws IOException {
    try {
      csv.visit(
          (number, line, cells) -> {
            lines.add(cells);
            if (lines.size() > LOOKED_AT) {
              throw new Enough();
            }
          });
    } catch (Enough enough) {
      // These lines are enough.
    }
    if (lines.isEmpty()) {
      throw new CannotException(
          csv.what(), "it is empty; it takes a line path,label for each file");
    }
  }

  private CsvColumns columns(CsvColumns.Asked asked) {
    int comments = 0;
    while (lines.size() > 1 && isComment(lines.get(0))) {
      lines.remove(0);
      comments++;
    }
    boolean heading = asked.any() || isHeading(lines.get(0));
    if (heading && lines.size() == 1) {
      throw new CannotException(
          csv.what(), "there is only a heading in it; it takes a line for each file");
    }
    return heading
        ? named(comments, asked)
        : new CsvColumns(comments, false, unnamed(), 0, 1, List.of(), -1, -1);
  }

  /** Whether the first line is a heading: it names no file, not even a missing one. */
  private boolean isHeading(String[] first) {
    String path = cell(first, 0);
    if (files.find(csv, path).isThere() || ImageNames.is(path)) {
      return false;
    }
    if (hasWords(first)) {
      return true;
    }
    if (path.isEmpty()) {
      return false;
    }
    String label = cell(first, 1);
    return lines.stream().skip(1).noneMatch(line -> cell(line, 1).equals(label));
  }

  private boolean isComment(String[] line) {
    String first = cell(line, 0);
    return first.startsWith("#") && !files.find(csv, first).isThere() && !hasWords(line);
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

  private CsvColumns named(int comments, CsvColumns.Asked asked) {
    String[] names = lines.get(0);
    Set<Integer> free = new LinkedHashSet<>();
    for (int i = 0; i < names.length; i++) {
      free.add(i);
    }
    int path =
        asked.path().isPresent() ? asked(asked.path().get(), "path-column") : pathColumn(free);
    free.remove(path);
    int split =
        asked.split().isPresent()
            ? asked(asked.split().get(), "split-column")
            : first(names, SPLITS, free, -1);
    free.remove(split);
    int valid = split >= 0 ? -1 : first(names, VALID, free, -1);
    free.remove(valid);
    int label =
        asked.label().isPresent()
            ? asked(asked.label().get(), "label-column")
            : first(names, LABELS, free, -1);
    List<Integer> classes = List.of();
    if (label < 0) {
      List<Integer> marks = marks(free);
      if (marks.size() > 1) {
        classes = marks;
      } else if (!free.isEmpty()) {
        label = free.iterator().next();
      }
    }
    return new CsvColumns(
        comments, true, cells(names), path, label, List.copyOf(classes), split, valid);
  }

  /** The column with a usual name; if none of its lines names a file, another column that does. */
  private int pathColumn(Set<Integer> free) {
    int told = first(lines.get(0), PATHS, free, 0);
    if (namesFiles(told)) {
      return told;
    }
    return free.stream().filter(this::namesFiles).findFirst().orElse(told);
  }

  private boolean namesFiles(int column) {
    return lines.stream()
        .skip(1)
        .map(line -> cell(line, column))
        .anyMatch(cell -> !cell.isEmpty() && files.find(csv, cell).isThere());
  }

  private static List<String> cells(String[] line) {
    return IntStream.range(0, line.length).mapToObj(i -> cell(line, i)).toList();
  }

  private int asked(String wanted, String key) {
    List<String> there = cells(lines.get(0));
    if (there.contains(wanted)) {
      return there.indexOf(wanted);
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

  /** Columns of 0 and 1, if each line has exactly one 1. */
  private List<Integer> marks(Set<Integer> free) {
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

  /** The names of columns without a heading. */
  private List<String> unnamed() {
    int most = lines.stream().mapToInt(line -> line.length).max().orElse(0);
    return IntStream.rangeClosed(1, most).mapToObj(i -> "number " + i).toList();
  }

  /** Whether a heading is a usual name for the class. */
  static boolean isOfLabels(String name) {
    return LABELS.contains(word(name));
  }

  private static String word(String cell) {
    return cell == null ? "" : cell.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "");
  }
}
