package io.millrace.jobs.source.folder;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.PassedOver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a file of labels contains about the files in a folder, to decide whether to use it. */
final class SeenLabels {
  /** Values of a column that are counted, at most. */
  private static final int MOST_VALUES = 100_000;

  /** With fewer lines a column can't be judged. */
  private static final int FEW = 8;

  private final CsvLabels csv;
  private final String folder;
  private final CsvColumns columns;
  private long lines;
  private long files;

  /** Labels by the folder of the files that have them; {@code ""} for the source itself. */
  private final Map<String, Set<String>> byFolder = new TreeMap<>();

  private final Map<String, Set<String>> values = new HashMap<>();

  /** How many cells of a column are the name of a folder that their file is in. */
  private final Map<String, Integer> agreeing = new HashMap<>();

  private SeenLabels(CsvLabels csv, String folder, CsvColumns columns) {
    this.csv = csv;
    this.folder = folder;
    this.columns = columns;
  }

  /** Empty unless most lines name a file that is there, and label it. */
  static Optional<SeenLabels> of(CsvLabels csv, CsvFiles files) throws IOException {
    CsvColumns columns = CsvHeading.of(csv, files, CsvColumns.Asked.NOTHING);
    SeenLabels seen = new SeenLabels(csv, files.folder(csv), columns);
    csv.visit(
        (number, line, cells) -> {
          if (columns.isOfFile(number)) {
            seen.lines++;
            CsvFiles.Named named = files.find(csv, CsvColumns.cell(cells, columns.path()));
            if (named.isThere() && !columns.labelOf(cells).isEmpty()) {
              seen.file(named.id(), cells);
            }
          }
        });
    return 2 * seen.files > seen.lines ? Optional.of(seen) : Optional.empty();
  }

  private void file(String id, String[] cells) {
    files++;
    String label = columns.labelOf(cells);
    int slash = id.lastIndexOf('/');
    byFolder
        .computeIfAbsent(id.substring(0, Math.max(0, slash)), key -> new HashSet<>())
        .add(label);
    List<String> steps = Arrays.asList(id.substring(0, Math.max(0, slash)).split("/", -1));
    for (int i = 0; i < columns.names().size(); i++) {
      String name = columns.names().get(i);
      String cell = CsvColumns.cell(cells, i);
      Set<String> seen = values.computeIfAbsent(name, key -> new HashSet<>());
      if (seen.size() < MOST_VALUES) {
        seen.add(cell);
      }
      if (!cell.isEmpty() && steps.contains(cell)) {
        agreeing.merge(name, 1, Integer::sum);
      }
    }
  }

  CsvLabels csv() {
    return csv;
  }

  /** Its own folder below the source's; empty if it lies in the source itself. */
  String folder() {
    return folder;
  }

  /** Its path below the source. */
  String path() {
    return PassedOver.below(folder, csv.name());
  }

  /** How many of its lines label a file that is there. */
  long files() {
    return files;
  }

  Optional<Split> split() {
    return csv.split(folder);
  }

  boolean isOfTraining() {
    return split().filter(Split.TRAIN::equals).isPresent();
  }

  /** Whether its labels are the names of folders that the files are in. */
  boolean agreesWithFolders() {
    return agreeing.keySet().stream().anyMatch(this::agrees);
  }

  private boolean agrees(String column) {
    return 2L * agreeing.getOrDefault(column, 0) > files;
  }

  /** Whether files of one folder have several labels. */
  boolean mixesInFolders() {
    return byFolder.values().stream().anyMatch(labels -> labels.size() > 1);
  }

  /** The folders directly below the source that contain files that it labels. */
  Set<String> topFolders() {
    Set<String> tops = new TreeSet<>();
    byFolder.keySet().forEach(path -> tops.add(path.split("/", 2)[0]));
    return tops;
  }

  /** The column that ingest would use for the class; empty if it has no name. */
  String labelName() {
    return columns.heading() ? columns.labelName() : "";
  }

  /** Whether the column's name says that it holds the class. */
  boolean isSure() {
    return !columns.heading() || !columns.classes().isEmpty() || CsvHeading.isOfLabels(labelName());
  }

  /** The most likely column of classes if no name says so: one with several, but few values. */
  String likelyLabel() {
    Optional<String> agreeing = columns.unread().stream().filter(this::agrees).findFirst();
    if (columns.heading() && agreeing.isPresent() && !agrees(labelName())) {
      return agreeing.get();
    }
    if (isSure() || files < FEW) {
      return labelName();
    }
    List<String> all = new ArrayList<>(columns.unread());
    all.add(0, labelName());
    return all.stream()
        .filter(name -> values.get(name).size() > 1 && 2L * values.get(name).size() <= files)
        .findFirst()
        .orElse(labelName());
  }

  /** The columns that may hold the class instead. */
  List<String> otherColumns() {
    List<String> others = new ArrayList<>(columns.unread());
    if (columns.heading() && columns.label() >= 0) {
      others.add(labelName());
    }
    others.remove(likelyLabel());
    return others.stream()
        .filter(name -> !name.isEmpty() && values.containsKey(name) && values.get(name).size() > 1)
        .toList();
  }
}
