package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Classes;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PictureFolder;
import io.millrace.jobs.source.SplitNames;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Recognises the layout of a folder of pictures. */
public final class FolderListing {
  private final String format;
  private final URI root;
  private final Optional<Split> split;
  private final List<Reject> rejects = new ArrayList<>();
  private long ignored;

  FolderListing(String format, URI root, Optional<Split> split) {
    this.format = format;
    this.root = root;
    this.split = split;
  }

  /**
   * A folder with pictures below it.
   *
   * @param name its path below the root
   * @param label the class's name; empty if there is none
   */
  private record Place(URI folder, String name, Split split, String label) {}

  /** Classes are the folders' names. */
  Contents byFolders() throws IOException {
    List<Place> places = places();
    TreeSet<String> names = new TreeSet<>();
    places.stream().map(Place::label).filter(label -> !label.isEmpty()).forEach(names::add);
    List<String> classes = List.copyOf(names);
    return contents(Classes.named(classes), parts(places, classes), new FolderLister());
  }

  /** Classes stand in the files' names. */
  Contents byNames(String regex) throws IOException {
    NamePattern pattern = NamePattern.of(regex);
    List<Part> parts = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    Set<String> unlabelled = new TreeSet<>();
    boolean[] any = new boolean[1];
    for (Part part : unlabelledParts()) {
      boolean[] some = new boolean[1];
      new PictureFolder(part.file(), part.name())
          .visit(
              (id, file) -> {
                any[0] = true;
                Optional<String> name = pattern.classOf(file.name());
                name.ifPresent(names::add);
                some[0] |= name.isPresent();
              },
              new IgnoringSink());
      parts.add(part);
      // Kaggle's test1: pictures whose labels nobody tells.
      if (!some[0] && part.split() == Split.TEST) {
        unlabelled.add(part.name());
      }
    }
    if (names.isEmpty() && any[0]) {
      throw new CannotException(
          "read " + JobFiles.shown(root),
          "no file's name in it matches from-name = '" + regex + "'; fix the expression");
    }
    List<String> classes = List.copyOf(names);
    return contents(
        Classes.named(classes), parts, new NameLister(pattern, classes, Set.copyOf(unlabelled)));
  }

  /** Classes stand in a CSV file. */
  Contents byCsv(URI file) throws IOException {
    requireFolder();
    CsvLabels csv = new CsvLabels(file);
    TreeSet<String> labels = new TreeSet<>(ClassOrder.NATURAL);
    String[] first = new String[2];
    csv.visit(
        (number, path, label) -> {
          if (number == 0) {
            first[0] = path;
            first[1] = label;
          } else if (!label.isEmpty()) {
            labels.add(label);
          }
        });
    // A heading names no file; a line whose file was lost has an extension or others' label.
    boolean heading =
        first[0] != null
            && first[0].indexOf('.') < 0
            && !labels.contains(first[1])
            && !isThere(root, first[0]);
    if (first[0] != null && !heading && !first[1].isEmpty()) {
      labels.add(first[1]);
    }
    List<String> classes = List.copyOf(labels);
    if (JobFiles.shown(file).startsWith(JobFiles.shown(root) + "/")) {
      ignored++;
    }
    Split all = split.orElse(Split.TRAIN);
    Part whole = new Part(root, "", all, Entry.NO_LABEL, Part.FOLDER, 0);
    return contents(Classes.named(classes), List.of(whole), new CsvLister(csv, heading, classes));
  }

  /** Whether a CSV file's path is that of a file below the folder. */
  static boolean isThere(URI folder, String below) throws IOException {
    URI file = CsvLister.below(folder, below);
    if (file == null || file.getPath().indexOf(':') >= 0) {
      return false;
    }
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file);
    return JobFiles.fileSystem(path).exists(path);
  }

  private Contents contents(Classes classes, List<Part> parts, Lister lister) {
    Map<String, String> description = new LinkedHashMap<>();
    description.put("format", format);
    description.put("path", JobFiles.shown(root));
    return new Contents(classes, parts, rejects, ignored, description, lister);
  }

  private static List<Part> parts(List<Place> places, List<String> classes) {
    Function<Place, Part> part =
        place ->
            new Part(
                place.folder(),
                place.name(),
                place.split(),
                place.label().isEmpty() ? Entry.NO_LABEL : classes.indexOf(place.label()),
                Part.FOLDER,
                0);
    return places.stream().map(part).toList();
  }

  /** The split folders, or the whole. */
  private List<Part> unlabelledParts() throws IOException {
    requireFolder();
    List<FolderEntry> entries = GivenFiles.entries(root);
    List<Part> parts = new ArrayList<>();
    for (FolderEntry entry : entries) {
      Optional<Split> told = entry.isFolder() ? SplitNames.of(entry.name()) : Optional.empty();
      told.ifPresent(
          it -> parts.add(new Part(entry.uri(), entry.name(), it, Entry.NO_LABEL, Part.FOLDER, 0)));
    }
    if (parts.isEmpty()) {
      parts.add(new Part(root, "", split.orElse(Split.TRAIN), Entry.NO_LABEL, Part.FOLDER, 0));
    } else {
      ignored += entries.size() - parts.size();
    }
    return parts;
  }

  private List<Place> places() throws IOException {
    requireFolder();
    List<FolderEntry> entries = GivenFiles.entries(root);
    List<FolderEntry> folders = entries.stream().filter(FolderListing::isPlace).toList();
    if (!folders.isEmpty() && folders.stream().allMatch(it -> SplitNames.isUnpaired(it.name()))) {
      ignored += entries.size() - folders.size();
      return folders.stream()
          .map(
              it ->
                  new Place(
                      it.uri(),
                      it.name(),
                      SplitNames.ofUnpaired(it.name()),
                      SplitNames.sideOfUnpaired(it.name())))
          .toList();
    }
    List<FolderEntry> splits =
        folders.stream().filter(it -> SplitNames.of(it.name()).isPresent()).toList();
    if (splits.isEmpty()) {
      return classFolders(root, "", split.orElse(Split.TRAIN), entries, true);
    }
    ignored += entries.size() - splits.size();
    List<Place> places = new ArrayList<>();
    for (FolderEntry folder : splits) {
      Split told = SplitNames.of(folder.name()).orElseThrow();
      List<FolderEntry> inside = GivenFiles.entries(folder.uri());
      places.addAll(classFolders(folder.uri(), folder.name(), told, inside, false));
    }
    return places;
  }

  /**
   * @param top whether loose files stand beside the layout rather than in it
   */
  private List<Place> classFolders(
      URI folder, String name, Split split, List<FolderEntry> entries, boolean top) {
    List<Place> places = new ArrayList<>();
    for (FolderEntry entry : entries) {
      if (isPlace(entry)) {
        String path = name.isEmpty() ? entry.name() : name + "/" + entry.name();
        places.add(new Place(entry.uri(), path, split, entry.name()));
      }
    }
    if (places.isEmpty()) {
      return List.of(new Place(folder, name, split, ""));
    }
    for (FolderEntry entry : entries) {
      if (isPlace(entry)) {
        continue;
      }
      if (entry.isFolder() || (top && entry.kind() == FolderEntry.Kind.FILE)) {
        ignored++;
      } else {
        String path = name.isEmpty() ? entry.name() : name + "/" + entry.name();
        String why = entry.problem().isEmpty() ? "in no class's folder" : entry.problem();
        rejects.add(new Reject(path, JobFiles.shown(entry.uri()), why, entry.length()));
      }
    }
    return places;
  }

  /** Folders of tools, such as .git, are no classes. */
  public static boolean isPlace(FolderEntry entry) {
    return entry.isFolder() && !entry.name().startsWith(".") && !entry.name().startsWith("_");
  }

  private void requireFolder() throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(root);
    if (!GivenFiles.status(path).isDirectory()) {
      throw new CannotException(
          "read " + JobFiles.shown(root),
          "it is a file, and format = " + format + " takes a folder of picture files");
    }
  }
}
