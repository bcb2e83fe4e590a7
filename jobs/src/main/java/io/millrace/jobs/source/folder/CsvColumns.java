package io.millrace.jobs.source.folder;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each column of a CSV file means.
 *
 * @param comments lines at the beginning that begin with # and name no file
 * @param heading whether the first line after them names the columns
 * @param names what the columns are called
 * @param path column of the file's path or name
 * @param label column of the class; -1 if there is none, or one for each class
 * @param classes columns of classes, 0 or 1 in each line; none if one column names the class
 * @param split column of the split's name; -1 if there is none
 * @param valid column that says whether it is for validation; -1 if there is none
 */
record CsvColumns(
    int comments,
    boolean heading,
    List<String> names,
    int path,
    int label,
    List<Integer> classes,
    int split,
    int valid)
    implements Serializable {
  /** Names of columns that a user gave; empty where none is given. */
  record Asked(Optional<String> path, Optional<String> label, Optional<String> split) {
    static final Asked NOTHING = new Asked(Optional.empty(), Optional.empty(), Optional.empty());

    boolean any() {
      return path.isPresent() || label.isPresent() || split.isPresent();
    }
  }

  /** Whether the line with this number, from 0 on, names a file. */
  boolean isOfFile(long number) {
    return number >= comments + (heading ? 1 : 0);
  }

  /** The class of a line; empty if none. */
  String labelOf(String[] cells) {
    for (int column : classes) {
      if (isOne(cell(cells, column))) {
        return names.get(column);
      }
    }
    return label < 0 ? "" : cell(cells, label);
  }

  /** The names of the columns that stand for a class each. */
  List<String> classNames() {
    return classes.stream().map(names::get).toList();
  }

  /** The name of the column of the class; empty if there is none. */
  String labelName() {
    return label < 0 || label >= names.size() ? "" : names.get(label);
  }

  /** The names of the other columns. */
  List<String> unread() {
    List<String> unread = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      boolean read = i == path || i == label || i == split || i == valid || classes.contains(i);
      if (!read && !names.get(i).isEmpty()) {
        unread.add(names.get(i));
      }
    }
    return unread;
  }

  static boolean isOne(String cell) {
    return cell.matches("1(\\.0+)?");
  }

  static String cell(String[] cells, int column) {
    return column < 0 || column >= cells.length || cells[column] == null
        ? ""
        : cells[column].strip();
  }
}
