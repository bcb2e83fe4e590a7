package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Part;
import io.millrace.jobs.source.PassedOver;
import io.millrace.jobs.source.PathProbe;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.source.SplitNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The recognition of a folder in which files of labels were found. */
final class LabelledFolder {
  private static final String CSV = "labels.csv";
  private static final String LABEL_COLUMN = "labels.label-column";

  private final PathProbe probe;
  private final LabelsLook.Found found;
  private final SeenLabels first;

  /**
   * @param found with one or more files of labels
   */
  LabelledFolder(PathProbe probe, LabelsLook.Found found) {
    this.probe = probe;
    this.found = found;
    this.first =
        found.labels().stream()
            .filter(SeenLabels::isOfTraining)
            .findFirst()
            .orElse(found.labels().get(0));
  }

  /**
   * Whether the classes are those of the files, not the names of folders. Class folders are
   * preferred, unless their names are not classes or there are labelled pictures outside of them.
   *
   * @param classes the names of the class folders
   * @param parts the parts made from the folders
   */
  boolean tellsClasses(List<String> classes, List<Part> parts) {
    if (classes.size() < 2 || SplitNames.tellNoClasses(classes)) {
      return true;
    }
    if (!first.agreesWithFolders()) {
      return first.mixesInFolders() && areNumbered(classes);
    }
    Set<String> tops = topFolders();
    boolean reachesMore =
        parts.stream()
            .anyMatch(part -> part.label() == Entry.NO_LABEL && tops.contains(part.name()));
    boolean tellsSplits =
        found.labels().size() > 1 && parts.stream().map(Part::split).distinct().count() == 1;
    return reachesMore || tellsSplits;
  }

  /** Names that differ in their numbers only: images_1 and images_2, but not 1 and 2. */
  private static boolean areNumbered(List<String> classes) {
    Set<String> words =
        classes.stream().map(it -> it.replaceAll("[\\d_ -]+", "")).collect(Collectors.toSet());
    return words.size() == 1 && !words.contains("");
  }

  private Set<String> topFolders() {
    Set<String> tops = new TreeSet<>();
    found.labels().forEach(it -> tops.addAll(it.topFolders()));
    return tops;
  }

  /** Pictures that these files label; folders without labelled pictures are left out. */
  Recognition recognition() throws IOException {
    Map<String, String> keys = new LinkedHashMap<>();
    List<String> places = found.labels().stream().map(LabelledFolder::place).toList();
    keys.put(CSV, places.size() == 1 ? places.get(0) : Recognition.list(places));
    String column = first.likelyLabel();
    if (!column.equals(first.labelName())) {
      keys.put(LABEL_COLUMN, column);
    }
    String names =
        found.labels().stream().map(SeenLabels::path).collect(Collectors.joining(" and "));
    Recognition recognition =
        new Recognition(
            "folder", probe.place(), keys, "pictures, labelled by " + names, choices(column));
    Set<String> tops = topFolders();
    for (FolderEntry entry : probe.entries()) {
      if (FolderLayout.isPlace(entry)
          && !tops.contains(entry.name())
          && PassedOver.holdsPictures(entry)) {
        recognition = recognition.leavingOut(entry.name());
      }
    }
    return recognition;
  }

  private List<Recognition.Choice> choices(String column) {
    List<Recognition.Choice> choices = new ArrayList<>();
    if (!first.isSure() && !column.isEmpty()) {
      choices.add(
          new Recognition.Choice(
              "The column %s of %s is used for the classes, though its name does not say so."
                  .formatted(column, first.path()),
              LABEL_COLUMN,
              column,
              first.otherColumns()));
    } else if (!first.otherColumns().isEmpty()) {
      choices.add(new Recognition.Choice("", LABEL_COLUMN, column, first.otherColumns()));
    }
    if (!found.others().isEmpty()) {
      choices.add(
          new Recognition.Choice(
              "Other files label images, too, and are not read: "
                  + found.others().stream().map(SeenLabels::path).collect(Collectors.joining(", "))
                  + ".",
              CSV,
              place(first),
              found.others().stream().map(LabelledFolder::place).toList()));
    }
    return choices;
  }

  /** The alternative to class folders: labels from these files. */
  Recognition.Choice besideClassFolders() {
    String what =
        first.agreesWithFolders()
            ? "%s gives the same labels as the folders' names, which are used as classes."
            : "Classes are the folders' names; %s labels the images differently and is not read.";
    return new Recognition.Choice(
        what.formatted(first.path()),
        CSV,
        place(first),
        found.others().stream().map(LabelledFolder::place).toList());
  }

  private static String place(SeenLabels labels) {
    return JobFiles.shown(labels.csv().file());
  }
}
