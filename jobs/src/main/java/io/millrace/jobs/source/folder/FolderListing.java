package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Classes;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.jobs.source.IgnoringSink;
import io.millrace.jobs.source.ImageNames;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PassedOver;
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
  /** Names that a sentence lists, at most. */
  private static final int SHOWN = 4;

  private final String format;
  private final URI root;
  private final Optional<Split> split;
  private final List<Reject> rejects = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final LeaveOut leaveOut;
  private final PassedOver passedOver;

  FolderListing(String format, URI root, Optional<Split> split, LeaveOut leaveOut) {
    this.format = format;
    this.root = root;
    this.split = split;
    this.leaveOut = leaveOut;
    this.passedOver = new PassedOver(root, leaveOut);
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
    return contents(Classes.named(classes), parts(places, classes), new FolderLister(leaveOut));
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
      new PictureFolder(part.file(), part.name(), leaveOut)
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
        Classes.named(classes),
        parts,
        new NameLister(pattern, classes, Set.copyOf(unlabelled), leaveOut));
  }

  /** Classes stand in a CSV file. */
  Contents byCsv(CsvLabels csv, CsvColumns.Asked asked) throws IOException {
    requireFolder();
    CsvFiles files = CsvFiles.of(root, csv.file(), leaveOut);
    CsvReading reading = CsvReading.of(csv, files, asked);
    notices.addAll(reading.notices());
    if (JobFiles.shown(csv.file()).startsWith(JobFiles.shown(root) + "/")) {
      passedOver.format(csv.name(), 1);
    }
    Split all = split.orElse(Split.TRAIN);
    Part whole = new Part(root, "", all, Entry.NO_LABEL, Part.FOLDER, 0);
    return contents(
        Classes.named(reading.classes()),
        List.of(whole),
        new CsvLister(csv, reading.columns(), reading.classes(), leaveOut));
  }

  private Contents contents(Classes classes, List<Part> parts, Lister lister) {
    Map<String, String> description = new LinkedHashMap<>();
    description.put("format", format);
    description.put("path", JobFiles.shown(root));
    rejects.addAll(passedOver.rejects());
    return new Contents(
        classes,
        parts,
        rejects,
        passedOver.ignored(),
        passedOver.leftOut(),
        notices,
        description,
        lister);
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
    List<FolderEntry> entries = passedOver.entries(root, "");
    List<FolderEntry> splits = entries.stream().filter(FolderListing::isSplit).toList();
    if (splits.isEmpty()) {
      passedOver.isPart("");
      return List.of(new Part(root, "", split.orElse(Split.TRAIN), Entry.NO_LABEL, Part.FOLDER, 0));
    }
    passOver(entries, splits, named(splits));
    return splits.stream()
        .map(
            it ->
                new Part(
                    it.uri(),
                    it.name(),
                    SplitNames.of(it.name()).orElseThrow(),
                    Entry.NO_LABEL,
                    Part.FOLDER,
                    0))
        .toList();
  }

  private List<Place> places() throws IOException {
    requireFolder();
    List<FolderEntry> entries = passedOver.entries(root, "");
    List<FolderEntry> folders = entries.stream().filter(FolderListing::isPlace).toList();
    if (!folders.isEmpty() && folders.stream().allMatch(it -> SplitNames.isUnpaired(it.name()))) {
      passOver(entries, folders, named(folders));
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
    List<FolderEntry> splits = splits(folders);
    if (splits.isEmpty()) {
      return classFolders(root, "", split.orElse(Split.TRAIN), entries, true);
    }
    passOver(entries, splits, named(splits));
    List<Place> places = new ArrayList<>();
    for (FolderEntry folder : splits) {
      Split told = SplitNames.of(folder.name()).orElseThrow();
      List<FolderEntry> inside = passedOver.entries(folder.uri(), folder.name());
      places.addAll(classFolders(folder.uri(), folder.name(), told, inside, false));
    }
    return places;
  }

  /**
   * The folders that are splits. One that is named like a split, holds pictures itself and is
   * beside folders of pictures may be a class, such as CIFAR-100's train.
   *
   * @throws CannotException if nobody can tell
   */
  private List<FolderEntry> splits(List<FolderEntry> folders) throws IOException {
    List<FolderEntry> splits = folders.stream().filter(FolderListing::isSplit).toList();
    if (splits.isEmpty()) {
      return splits;
    }
    List<FolderEntry> others = new ArrayList<>();
    for (FolderEntry folder : folders) {
      if (!isSplit(folder) && PassedOver.holdsPictures(folder)) {
        others.add(folder);
      }
    }
    if (others.isEmpty()) {
      return splits;
    }
    boolean flat = true;
    for (FolderEntry folder : splits) {
      flat &= GivenFiles.entries(folder.uri()).stream().noneMatch(FolderListing::isPlace);
    }
    if (!flat) {
      // Splits of class folders; what is beside them is passed over, or refused.
      return splits;
    }
    if (splits.size() == 1 && others.size() > 1) {
      notices.add(
          "%s is taken as a class, since it holds images itself and is beside %s."
              .formatted(splits.get(0).name(), named(others)));
      return List.of();
    }
    throw new CannotException(
        "read " + JobFiles.shown(root),
        "%s may be %s or %s: %s, which %s no split, %s images, too; leave out what is not wanted with source.leave-out = [%s], or rename it"
            .formatted(
                named(splits),
                splits.size() == 1 ? "a split" : "splits",
                splits.size() == 1 ? "a class" : "classes",
                named(others),
                others.size() == 1 ? "is" : "are",
                others.size() == 1 ? "holds" : "hold",
                others.get(0).name()));
  }

  /** What is beside the folders of a layout. */
  private void passOver(List<FolderEntry> entries, List<FolderEntry> taken, String layout)
      throws IOException {
    for (FolderEntry entry : entries) {
      if (!taken.contains(entry)) {
        passedOver.beside(entry, entry.name(), layout);
      }
    }
  }

  private static String named(List<FolderEntry> folders) {
    List<String> names = folders.stream().map(FolderEntry::name).limit(SHOWN).toList();
    if (folders.size() > SHOWN) {
      return String.join(", ", names) + " and " + (folders.size() - SHOWN) + " others";
    }
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static boolean isSplit(FolderEntry entry) {
    return isPlace(entry) && SplitNames.of(entry.name()).isPresent();
  }

  /**
   * @param top whether texts and the like stand beside the layout rather than in it
   */
  private List<Place> classFolders(
      URI folder, String name, Split split, List<FolderEntry> entries, boolean top)
      throws IOException {
    List<Place> places = new ArrayList<>();
    for (FolderEntry entry : entries) {
      if (isPlace(entry)) {
        places.add(new Place(entry.uri(), below(name, entry), split, entry.name()));
      }
    }
    if (places.isEmpty()) {
      passedOver.isPart(name);
      return List.of(new Place(folder, name, split, ""));
    }
    for (FolderEntry entry : entries) {
      String path = below(name, entry);
      if (isPlace(entry)) {
        continue;
      }
      if (entry.mayBeFolder()
          || (top && entry.problem().isEmpty() && !ImageNames.is(entry.name()))) {
        passedOver.beside(entry, path, "the folders of classes");
      } else {
        String why = entry.problem().isEmpty() ? "in no class's folder" : entry.problem();
        rejects.add(new Reject(path, JobFiles.shown(entry.uri()), why, entry.length()));
      }
    }
    return places;
  }

  private static String below(String name, FolderEntry entry) {
    return name.isEmpty() ? entry.name() : name + "/" + entry.name();
  }

  /** Folders of tools, such as .git, are no classes. */
  public static boolean isPlace(FolderEntry entry) {
    return entry.isFolder() && !entry.name().startsWith(".") && !entry.name().startsWith("_");
  }

  /** A source that is a folder, with all in it that is left out. */
  private void requireFolder() throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(root);
    if (!GivenFiles.status(path).isDirectory()) {
      throw new CannotException(
          "read " + JobFiles.shown(root),
          "it is a file, and format = " + format + " takes a folder of picture files");
    }
    leaveOut.requireThere(List.of(root));
  }
}
