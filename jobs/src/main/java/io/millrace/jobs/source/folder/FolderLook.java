package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.header.FileForm;
import io.millrace.jobs.image.header.UnreadForm;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.IgnoringSink;
import io.millrace.jobs.source.ImagesBesideException;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PathProbe;
import io.millrace.jobs.source.PictureFolder;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.source.SplitNames;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recognises a folder of picture files and where their labels are. */
final class FolderLook {
  /** Folders that a class folder would not contain. */
  private static final List<String> OF_DATASETS = List.of("train", "trainA", "test", "testA");

  private static final int FOLDERS_LOOKED_AT = 64;
  private static final int FILES_OPENED = 256;
  private static final int MOST_NAMES = 100_000;

  private final PathProbe probe;
  private final LeaveOut leaveOut;
  private final List<String> names = new ArrayList<>();
  private int opened;
  private boolean anyPicture;

  /** Why one of the files can't be read as a picture; empty if there is none. */
  private String unread = "";

  FolderLook(PathProbe probe) {
    this(probe, LeaveOut.NOTHING);
  }

  private FolderLook(PathProbe probe, LeaveOut leaveOut) {
    this.probe = probe;
    this.leaveOut = leaveOut;
  }

  /** Ends a listing when enough is known. */
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The recognition, leaving out folders that the layout does not include; empty if there is no
   * picture in it.
   */
  Optional<Recognition> recognition() throws IOException {
    return recognition(LabelsLook.in(probe));
  }

  private Optional<Recognition> recognition(LabelsLook.Found found) throws IOException {
    Optional<PictureFolders> folders = PictureFolders.in(probe);
    Optional<LabelledFolder> labels =
        found.labels().isEmpty() ? Optional.empty() : Optional.of(new LabelledFolder(probe, found));
    Contents contents;
    try {
      contents = new FolderListing("folder", probe.place(), Optional.empty(), leaveOut).byFolders();
    } catch (ImagesBesideException e) {
      List<String> more = new ArrayList<>(leaveOut.paths());
      more.add(e.path());
      return new FolderLook(probe, new LeaveOut(more))
          .recognition(found)
          .map(it -> it.keys().containsKey("labels.csv") ? it : it.leavingOut(e.path()));
    }
    List<String> classes =
        contents.parts().stream().anyMatch(part -> part.name().contains("/"))
            ? contents.classes().names()
            : folders.map(PictureFolders::names).orElse(contents.classes().names());
    if (labels.isPresent() && labels.get().tellsClasses(classes, contents.parts())) {
      return Optional.of(labels.get().recognition());
    }
    if (folders.isPresent() && areClasses(contents.parts()) && !holdsDatasets(contents.parts())) {
      Optional<Recognition> inner = folders.get().inner();
      if (inner.isPresent()) {
        return inner;
      }
    }
    return recognition(contents)
        .map(it -> labels.map(beside -> it.with(beside.besideClassFolders())).orElse(it))
        .map(it -> found.useless().isEmpty() || classes.size() > 1 ? it : saying(it, found));
  }

  private static Recognition saying(Recognition recognition, LabelsLook.Found found) {
    return recognition.with(
        new Recognition.Choice(
            "No lines with an existing file and its label were found in "
                + String.join(", ", found.useless())
                + ".",
            "labels.path-column",
            "COLUMN",
            List.of()));
  }

  private Optional<Recognition> recognition(Contents contents) throws IOException {
    if (holdsDatasets(contents.parts())) {
      return Optional.empty();
    }
    boolean labelled = contents.classes().names().size() > 1;
    for (Part part : contents.parts()) {
      look(part, labelled);
      if (anyPicture && labelled) {
        return Optional.of(recognition(Map.of(), layout(contents.parts())));
      }
    }
    if (!anyPicture) {
      refuseUnread();
      return Optional.empty();
    }
    Optional<GuessedNamePattern> told = GuessedNamePattern.of(names);
    if (told.isPresent()) {
      return Optional.of(
          recognition(
              Map.of("labels.from-name", told.get().regex()),
              "pictures whose names tell their classes, such as " + told.get().example()));
    }
    boolean one = !contents.classes().names().isEmpty();
    return Optional.of(
        recognition(Map.of(), one ? "pictures of one class" : "pictures without labels"));
  }

  /** Whether folders right below are taken as classes. */
  private static boolean areClasses(List<Part> parts) {
    return parts.stream()
            .allMatch(part -> part.label() != Entry.NO_LABEL && !part.name().contains("/"))
        && parts.stream().noneMatch(part -> SplitNames.isUnpaired(part.name()));
  }

  /** Refuses files that are pictures in a format that is not read. */
  private void refuseUnread() {
    if (!unread.isEmpty()) {
      throw new CannotException("read " + JobFiles.shown(probe.place()), unread);
    }
  }

  private Recognition recognition(Map<String, String> keys, String found) {
    return new Recognition("folder", probe.place(), keys, found);
  }

  /** Whether it contains datasets, so that it is not a dataset itself. */
  private static boolean holdsDatasets(List<Part> parts) throws IOException {
    for (Part part : parts.subList(0, Math.min(FOLDERS_LOOKED_AT, parts.size()))) {
      if (part.label() != Entry.NO_LABEL) {
        PathProbe folder = PathProbe.at(part.file());
        for (String name : OF_DATASETS) {
          if (folder.has(name)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static String layout(List<Part> parts) {
    if (parts.stream().allMatch(part -> SplitNames.isUnpaired(part.name()))) {
      return "two sets of pictures, as trainA and trainB";
    }
    return parts.stream().allMatch(part -> part.name().contains("/"))
        ? "split folders of class folders"
        : "class folders";
  }

  /**
   * Looks at files until one is a picture, or at all of them if their names may contain classes.
   */
  private void look(Part part, boolean labelled) throws IOException {
    List<String> here = new ArrayList<>();
    try {
      new PictureFolder(part.file(), part.name(), leaveOut)
          .visit(
              (id, file) -> {
                anyPicture = anyPicture || isPicture(file);
                here.add(file.name());
                if ((anyPicture && labelled) || names.size() + here.size() > MOST_NAMES) {
                  throw new Enough();
                }
              },
              new IgnoringSink());
    } catch (Enough enough) {
      // The rest is not needed.
    }
    // Not for pictures without labels, as Kaggle's test1.
    if (part.split() != Split.TEST || GuessedNamePattern.of(here).isPresent()) {
      names.addAll(here);
    }
  }

  private boolean isPicture(FolderEntry file) throws IOException {
    if (opened++ >= FILES_OPENED) {
      return false;
    }
    byte[] head = PathProbe.at(file).head();
    boolean picture = FileForm.of(head).isPresent();
    if (!picture && unread.isEmpty()) {
      unread = UnreadForm.of(head).map(it -> file.name() + " in it is " + it.reason()).orElse("");
    }
    return picture;
  }
}
