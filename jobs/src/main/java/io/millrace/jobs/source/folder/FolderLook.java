package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.image.header.FileForm;
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
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Looks into a folder of picture files, and for where their labels are. */
final class FolderLook {
  private static final String CSV = ".csv";

  /** Folders that a class's folder would not have. */
  private static final List<String> OF_DATASETS = List.of("train", "trainA", "test", "testA");

  private static final int FOLDERS_LOOKED_AT = 64;
  private static final int FILES_OPENED = 256;
  private static final int MOST_NAMES = 100_000;
  private static final int CSV_LINES = 50;

  private final PathProbe probe;
  private final LeaveOut leaveOut;
  private final List<String> names = new ArrayList<>();
  private int opened;
  private boolean anyPicture;

  FolderLook(PathProbe probe) {
    this(probe, LeaveOut.NOTHING);
  }

  private FolderLook(PathProbe probe, LeaveOut leaveOut) {
    this.probe = probe;
    this.leaveOut = leaveOut;
  }

  /** Ends a listing that has told enough. */
  private static final class Enough extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * What it holds, but for what the layout has no place for; empty if there is no picture in it.
   */
  Optional<Recognition> recognition() throws IOException {
    Contents contents;
    try {
      contents = new FolderListing("folder", probe.place(), Optional.empty(), leaveOut).byFolders();
    } catch (ImagesBesideException e) {
      List<String> more = new ArrayList<>(leaveOut.paths());
      more.add(e.path());
      return new FolderLook(probe, new LeaveOut(more))
          .recognition()
          .map(found -> found.leavingOut(e.path()));
    }
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
      return Optional.empty();
    }
    Optional<Path> csv = csv();
    if (csv.isPresent()) {
      return Optional.of(
          recognition(
              Map.of("labels.csv", JobFiles.shown(csv.get().toUri())),
              "pictures, labelled by " + csv.get().getName()));
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

  private Recognition recognition(Map<String, String> keys, String found) {
    return new Recognition("folder", probe.place(), keys, found);
  }

  /** A folder of datasets is none itself. */
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

  /** Files until one is a picture; where names may tell classes, all of them. */
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
      // Nothing of what follows is needed.
    }
    // Kaggle's test1: pictures whose labels nobody tells.
    if (part.split() != Split.TEST || GuessedNamePattern.of(here).isPresent()) {
      names.addAll(here);
    }
  }

  private boolean isPicture(FolderEntry file) throws IOException {
    return opened++ < FILES_OPENED && FileForm.of(PathProbe.at(file).head()).isPresent();
  }

  /** The only CSV file, if its first lines name files that are there and label them. */
  private Optional<Path> csv() throws IOException {
    List<URI> all =
        probe.entries().stream()
            .filter(it -> it.kind() == FolderEntry.Kind.FILE && it.name().endsWith(CSV))
            .map(FolderEntry::uri)
            .toList();
    if (all.size() != 1) {
      return Optional.empty();
    }
    CsvLabels csv = new CsvLabels(all.get(0), "utf-8");
    CsvFiles files = CsvFiles.of(probe.place(), all.get(0), leaveOut);
    int[] lines = new int[2];
    try {
      CsvColumns columns = CsvColumns.of(csv, files, CsvColumns.Asked.NOTHING);
      csv.visit(
          (number, line, cells) -> {
            boolean labelled = !columns.labelOf(cells).isEmpty();
            String path = CsvColumns.cell(cells, columns.path());
            lines[0]++;
            lines[1] += labelled && files.find(path).isThere() ? 1 : 0;
            if (lines[0] == CSV_LINES) {
              throw new Enough();
            }
          });
    } catch (Enough enough) {
      // These lines suffice.
    } catch (CannotException unreadable) {
      return Optional.empty();
    }
    return 2 * lines[1] > lines[0] ? Optional.of(new Path(all.get(0))) : Optional.empty();
  }
}
