package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Classes;
import io.millrace.jobs.source.Contents;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.GivenFiles;
import io.millrace.jobs.source.IgnoringSink;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PassedOver;
import io.millrace.jobs.source.PictureFolder;
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

/** Lists a folder of pictures whose classes are in folders' names, files' names or CSV files. */
final class FolderListing {
  private final String format;
  private final URI root;
  private final Optional<Split> split;
  private final List<String> notices = new ArrayList<>();
  private final LeaveOut leaveOut;
  private final PassedOver passedOver;
  private final FolderLayout layout;

  FolderListing(String format, URI root, Optional<Split> split, LeaveOut leaveOut) {
    this.format = format;
    this.root = root;
    this.split = split;
    this.leaveOut = leaveOut;
    this.passedOver = new PassedOver(root, leaveOut);
    this.layout = new FolderLayout(root, split, passedOver);
  }

  /** Classes are the folders' names. */
  Contents byFolders() throws IOException {
    requireFolder();
    List<FolderLayout.Place> places = layout.places();
    TreeSet<String> names = new TreeSet<>();
    places.stream()
        .map(FolderLayout.Place::label)
        .filter(label -> !label.isEmpty())
        .forEach(names::add);
    List<String> classes = List.copyOf(names);
    return contents(
        Classes.named(classes),
        places.stream().map(place -> place.part(classes)).toList(),
        new FolderLister(leaveOut));
  }

  /** Classes are in the files' names. */
  Contents byNames(String regex) throws IOException {
    requireFolder();
    NamePattern pattern = NamePattern.of(regex);
    List<Part> parts = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    Set<String> unlabelled = new TreeSet<>();
    boolean[] any = new boolean[1];
    for (Part part : layout.unlabelledParts()) {
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
      // Pictures without labels, as Kaggle's test1.
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

  /** Classes are in CSV files. */
  Contents byCsv(List<CsvLabels> csvs, CsvColumns.Asked asked) throws IOException {
    requireFolder();
    CsvFiles files = CsvFiles.of(root, csvs, leaveOut);
    Split all = split.orElse(Split.TRAIN);
    CsvReading reading = CsvReading.of(csvs, files, asked, all);
    notices.addAll(reading.notices());
    for (CsvLabels csv : csvs) {
      if (csv.isBelow(root)) {
        passedOver.format(csv.name(), 1);
      }
    }
    Part whole = new Part(root, "", all, Entry.NO_LABEL, Part.FOLDER, 0);
    return contents(
        Classes.named(reading.classes()),
        List.of(whole),
        new CsvLister(reading.labels(), reading.classes(), leaveOut));
  }

  private Contents contents(Classes classes, List<Part> parts, Lister lister) {
    Map<String, String> description = new LinkedHashMap<>();
    description.put("format", format);
    description.put("path", JobFiles.shown(root));
    List<Reject> rejects = new ArrayList<>(layout.rejects());
    rejects.addAll(passedOver.rejects());
    notices.addAll(layout.notices());
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

  /** Checks that the source is a folder and that the paths to leave out exist. */
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
