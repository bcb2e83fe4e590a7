package io.millrace.jobs.source.imagenet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.pipeline.CannotException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The small files that come with ImageNet; each is optional. */
final class ImageNetFacts {
  static final Pattern SYNSET = Pattern.compile("n\\d{8}");

  /** Copies of the file differ in the separator. */
  private static final Pattern NAME = Pattern.compile("(n\\d{8})[\\s:,]+(.*\\S)\\s*");

  private static final String NAMES = "LOC_synset_mapping.txt";
  private static final String SOLUTION = "LOC_val_solution.csv";
  private static final String TRUTH = "ILSVRC2012_validation_ground_truth.txt";
  private static final String NUMBERS = "map_clsloc.txt";

  /** Tiny ImageNet's lists: names of all of WordNet's synsets, and the synsets of val. */
  private static final String WORDS = "words.txt";

  static final String ANNOTATIONS = "val_annotations.txt";

  /** Tiny ImageNet's boxes, a file in each synset's folder. */
  private static final Pattern BOXES = Pattern.compile("n\\d{8}_boxes\\.txt");

  /** Files beside the pictures that are not pictures. */
  private static final Set<String> DEFINED =
      Set.of(
          WORDS,
          ANNOTATIONS,
          "wnids.txt",
          NAMES,
          SOLUTION,
          TRUTH,
          NUMBERS,
          "LOC_train_solution.csv",
          "LOC_sample_submission.csv",
          "meta.mat",
          "readme.txt",
          "README.txt");

  /**
   * Pictures that the official validation part has; its ground truth numbers the classes in another
   * order.
   */
  private static final int OFFICIAL = 50_000;

  private final List<Path> folders = new ArrayList<>();

  /**
   * @param place the source: a folder, or an archive that such files lie beside
   */
  ImageNetFacts(URI place, boolean folder) {
    Path path = new Path(place);
    List<Path> near = new ArrayList<>();
    if (folder) {
      near.add(path);
    }
    if (path.getParent() != null) {
      near.add(path.getParent());
    }
    for (Path each : near) {
      folders.add(each);
      folders.add(new Path(each, "ILSVRC2012_devkit_t12/data"));
    }
  }

  /** Whether a file's name is that of a list that the format itself defines. */
  static boolean isDefined(String name) {
    return DEFINED.contains(name) || isBoxes(name);
  }

  static boolean isBoxes(String name) {
    return BOXES.matcher(name).matches();
  }

  /** English names by synset; empty if there is no list. */
  Map<String, String> names() throws IOException {
    Map<String, String> names = new HashMap<>();
    Optional<Path> file = find(NAMES);
    if (file.isEmpty()) {
      file = find(WORDS);
    }
    if (file.isPresent()) {
      for (String line : lines(file.get())) {
        Matcher matcher = NAME.matcher(line);
        if (matcher.matches()) {
          names.put(matcher.group(1), matcher.group(2));
        }
      }
    }
    return names;
  }

  /**
   * The synset of each validation picture, by its name without extension; empty if there is no
   * list.
   *
   * @param synsets of the classes, as far as known from elsewhere
   */
  Map<String, String> truth(SortedSet<String> synsets) throws IOException {
    Optional<Path> solution = find(SOLUTION);
    if (solution.isPresent()) {
      return solution(solution.get());
    }
    Optional<Path> truth = find(TRUTH);
    if (truth.isPresent()) {
      return numbered(truth.get(), synsets);
    }
    Optional<Path> annotations = find(ANNOTATIONS);
    if (annotations.isEmpty()) {
      annotations = find("val/" + ANNOTATIONS);
    }
    return annotations.isPresent() ? annotated(annotations.get()) : Map.of();
  }

  /** Lines of a file's name, its synset and a box, with tabs between. */
  private static Map<String, String> annotated(Path file) throws IOException {
    Map<String, String> truth = new TreeMap<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String[] cells = lines.get(i).split("\t", -1);
      if (cells.length < 2 || !SYNSET.matcher(cells[1].strip()).matches()) {
        throw new CannotException(
            "read " + JobFiles.shown(file.toUri()),
            "its line " + (i + 1) + " is not: file, synset, box, with tabs between");
      }
      truth.put(stem(cells[0].strip()), cells[1].strip());
    }
    return truth;
  }

  /** A file's name without its extension. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static Map<String, String> solution(Path file) throws IOException {
    Map<String, String> truth = new TreeMap<>();
    for (String line : lines(file)) {
      String[] cells = line.split(",", 2);
      String synset = cells.length < 2 ? "" : cells[1].strip().split(" ", 2)[0];
      if (SYNSET.matcher(synset).matches()) {
        truth.put(cells[0].strip(), synset);
      }
    }
    return truth;
  }

  private Map<String, String> numbered(Path file, SortedSet<String> synsets) throws IOException {
    List<String> lines = lines(file);
    Map<Integer, String> byNumber = numbers(file, lines.size(), synsets);
    Map<String, String> truth = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String what = "read " + JobFiles.shown(file.toUri());
      String synset;
      try {
        synset = byNumber.get(Integer.parseInt(lines.get(i).strip()));
      } catch (NumberFormatException e) {
        throw new CannotException(what, "its line " + (i + 1) + " is not a number", e);
      }
      if (synset == null) {
        throw new CannotException(
            what,
            "its line "
                + (i + 1)
                + " names class "
                + lines.get(i).strip()
                + ", which does not exist");
      }
      truth.put("ILSVRC2012_val_%08d".formatted(i + 1), synset);
    }
    return truth;
  }

  private Map<Integer, String> numbers(Path truth, int lines, SortedSet<String> synsets)
      throws IOException {
    Map<Integer, String> numbers = new HashMap<>();
    Optional<Path> file = find(NUMBERS);
    if (file.isPresent()) {
      List<String> all = lines(file.get());
      for (String line : all) {
        String[] words = line.strip().split("\\s+", 3);
        if (words.length < 2 || !words[1].matches("\\d{1,9}")) {
          throw new CannotException(
              "read " + JobFiles.shown(file.get().toUri()),
              "its line " + (all.indexOf(line) + 1) + " is not: synset, number, name");
        }
        numbers.put(Integer.parseInt(words[1]), words[0]);
      }
      return numbers;
    }
    if (lines >= OFFICIAL) {
      throw new CannotException(
          "read " + JobFiles.shown(truth.toUri()),
          "it numbers classes as the development kit does, not in the order of synsets; put "
              + NUMBERS
              + " (synset, number, name a line) or "
              + SOLUTION
              + " beside it");
    }
    for (String synset : synsets) {
      numbers.put(numbers.size() + 1, synset);
    }
    return numbers;
  }

  private Optional<Path> find(String name) throws IOException {
    for (Path folder : folders) {
      Path file = new Path(folder, name);
      FileSystem files = JobFiles.fileSystem(file);
      if (files.exists(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static List<String> lines(Path file) throws IOException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(GivenFiles.open(file), UTF_8))) {
      return in.lines().filter(line -> !line.isBlank()).toList();
    }
  }
}
