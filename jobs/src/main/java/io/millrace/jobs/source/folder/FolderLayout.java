package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.jobs.source.ImageNames;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PassedOver;
import io.millrace.jobs.source.SplitNames;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what the folders in a folder of pictures are: splits, classes, unpaired sets or none of
 * these.
 */
public final class FolderLayout {
  /** Names that a sentence lists, at most. */
  private static final int SHOWN = 4;

  private static final int FEW = 8;

  private final URI root;
  private final Optional<Split> split;
  private final PassedOver passedOver;
  private final List<Reject> rejects = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();

  FolderLayout(URI root, Optional<Split> split, PassedOver passedOver) {
    this.root = root;
    this.split = split;
    this.passedOver = passedOver;
  }

  /** Files in no class's folder. */
  List<Reject> rejects() {
    return rejects;
  }

  /** What a person should know of it, in sentences. */
  List<String> notices() {
    return notices;
  }

  /**
   * A folder with pictures below it.
   *
   * @param name its path below the root
   * @param label the class's name; empty if there is none
   */
  record Place(URI folder, String name, Split split, String label) {
    Part part(List<String> classes) {
      int number = label.isEmpty() ? Entry.NO_LABEL : classes.indexOf(label);
      return new Part(folder, name, split, number, Part.FOLDER, 0);
    }
  }

  /** The split folders, or the whole. */
  List<Part> unlabelledParts() throws IOException {
    List<FolderEntry> entries = passedOver.entries(root, "");
    List<FolderEntry> splits = entries.stream().filter(FolderLayout::isSplit).toList();
    if (splits.isEmpty()) {
      passedOver.forget("");
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

  /** Folders of one class each. */
  List<Place> places() throws IOException {
    List<FolderEntry> entries = passedOver.entries(root, "");
    List<FolderEntry> folders = entries.stream().filter(FolderLayout::isPlace).toList();
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
      sayIfNoClasses(folders);
      return classFolders(root, "", split.orElse(Split.TRAIN), entries, true);
    }
    passOver(entries, splits, named(splits));
    List<Place> places = new ArrayList<>();
    for (FolderEntry folder : splits) {
      Split told = SplitNames.of(folder.name()).orElseThrow();
      List<FolderEntry> inside = passedOver.entries(folder.uri(), folder.name());
      refuseTinyImageNet(inside);
      places.addAll(classFolders(folder.uri(), folder.name(), told, inside, false));
    }
    return places;
  }

  /**
   * The folders that are splits. One that is named like a split, holds pictures itself and is
   * beside folders of pictures may be a class, such as CIFAR-100's train.
   *
   * @throws CannotException if that is not clear
   */
  private List<FolderEntry> splits(List<FolderEntry> folders) throws IOException {
    List<FolderEntry> splits = folders.stream().filter(FolderLayout::isSplit).toList();
    if (splits.isEmpty()) {
      return splits;
    }
    List<FolderEntry> others = new ArrayList<>();
    for (FolderEntry folder : folders) {
      if (!isSplit(folder) && passedOver.hasPictures(folder, folder.name())) {
        others.add(folder);
      }
    }
    if (others.isEmpty()) {
      return splits;
    }
    boolean flat = true;
    for (FolderEntry folder : splits) {
      flat &= GivenFiles.entries(folder.uri()).stream().noneMatch(FolderLayout::isPlace);
    }
    if (!flat) {
      // Splits of class folders; other entries are ignored, or refused.
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
        "%s may be %s or %s: %s, which %s not a split, %s images, too; leave out what is not wanted with %s, or rename it"
            .formatted(
                named(splits),
                splits.size() == 1 ? "a split" : "splits",
                splits.size() == 1 ? "a class" : "classes",
                named(others),
                others.size() == 1 ? "is" : "are",
                others.size() == 1 ? "holds" : "hold",
                LeaveOut.key(others.get(0).name())));
  }

  /** Its classes, val and test each contain a folder images, which would become the only class. */
  private void refuseTinyImageNet(List<FolderEntry> inside) {
    if (inside.stream().anyMatch(it -> it.name().equals("val_annotations.txt"))) {
      throw new CannotException(
          "read " + JobFiles.shown(root),
          "it is laid out as Tiny ImageNet, whose classes are not the names of its folders; use"
              + " format = imagenet");
    }
  }

  /** Only if there are few folders: of many classes one may be called train_station. */
  private void sayIfNoClasses(List<FolderEntry> folders) {
    List<FolderEntry> parts =
        folders.stream()
            .filter(
                it ->
                    SplitNames.tellsNoClass(it.name()) || SplitNames.inWords(it.name()).isPresent())
            .toList();
    if (folders.size() > 1 && folders.size() <= FEW && !parts.isEmpty() && notices.isEmpty()) {
      notices.add(
          "%s %s, though named like %s of a dataset; if so, leave out what is not wanted, or say where the labels are with source.labels."
              .formatted(
                  named(parts),
                  parts.size() == 1 ? "is taken as a class" : "are taken as classes",
                  parts.size() == 1 ? "a part" : "parts"));
    }
  }

  /** Counts the entries that the layout does not include. */
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

  static boolean isSplit(FolderEntry entry) {
    return isPlace(entry) && SplitNames.of(entry.name()).isPresent();
  }

  /**
   * @param top whether this is the source's own folder, where texts and the like are ignored
   */
  private List<Place> classFolders(
      URI folder, String name, Split split, List<FolderEntry> entries, boolean top)
      throws IOException {
    List<Place> places = new ArrayList<>();
    for (FolderEntry entry : entries) {
      if (isPlace(entry)) {
        places.add(
            new Place(entry.uri(), PassedOver.below(name, entry.name()), split, entry.name()));
      }
    }
    if (places.isEmpty()) {
      passedOver.forget(name);
      return List.of(new Place(folder, name, split, ""));
    }
    for (FolderEntry entry : entries) {
      String path = PassedOver.below(name, entry.name());
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

  /** Whether it is a folder other than those of tools, such as .git. */
  public static boolean isPlace(FolderEntry entry) {
    return entry.isFolder() && !entry.name().startsWith(".") && !entry.name().startsWith("_");
  }
}
