package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.PassedOver;
import io.millrace.jobs.source.PathProbe;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.source.SplitNames;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The folders directly below a folder that hold pictures, if they are not classes: the one folder
 * of a dataset beside its lists, or images beside masks.
 */
final class PictureFolders {
  /** If there are more folders, they are classes. */
  private static final int FEW = 8;

  private static final int LEAST_SHARED = 2;

  private final PathProbe probe;
  private final List<FolderEntry> folders;

  private PictureFolders(PathProbe probe, List<FolderEntry> folders) {
    this.probe = probe;
    this.folders = folders;
  }

  /** Empty if there are so many folders that they are classes. */
  static Optional<PictureFolders> in(PathProbe probe) throws IOException {
    List<FolderEntry> all = probe.entries().stream().filter(FolderLayout::isPlace).toList();
    if (all.isEmpty() || all.size() > FEW) {
      return Optional.empty();
    }
    List<FolderEntry> folders = new ArrayList<>();
    for (FolderEntry folder : all) {
      if (PassedOver.holdsPictures(folder)) {
        folders.add(folder);
      }
    }
    return folders.isEmpty() ? Optional.empty() : Optional.of(new PictureFolders(probe, folders));
  }

  List<String> names() {
    return folders.stream().map(FolderEntry::name).toList();
  }

  /** The recognition of the one folder with the pictures; empty if the folders are classes. */
  Optional<Recognition> inner() throws IOException {
    if (folders.size() > 1 && !SplitNames.tellNoClasses(names())) {
      refuseVersions();
      return Optional.empty();
    }
    FolderEntry meant = folders.stream().min(Comparator.comparing(PictureFolders::rank)).get();
    Optional<Recognition> inner = new FolderLook(PathProbe.at(meant)).recognition();
    boolean labelled =
        inner
            .filter(it -> !it.keys().isEmpty() || it.found().contains("class folders"))
            .isPresent();
    if (!labelled && !SplitNames.tellsNoClass(meant.name()) && folders.size() == 1) {
      return Optional.empty();
    }
    String others =
        names().stream()
            .filter(name -> !name.equals(meant.name()))
            .collect(Collectors.joining(", "));
    return inner.map(
        it ->
            it.renamed(
                it.found()
                    + " in "
                    + meant.name()
                    + (others.isEmpty() ? "" : " (not read: " + others + ")")));
  }

  /** Training pictures first, then folders named like images. */
  private static int rank(FolderEntry folder) {
    if (SplitNames.inWords(folder.name()).filter(Split.TRAIN::equals).isPresent()) {
      return 0;
    }
    String name = folder.name().toLowerCase(Locale.ROOT);
    return name.contains("image") || name.contains("img") || name.contains("jp") ? 1 : 2;
  }

  /** Refuses folders that contain the same classes, such as coloured and grey versions. */
  private void refuseVersions() throws IOException {
    Set<String> shared = null;
    for (FolderEntry folder : folders) {
      Set<String> names = new TreeSet<>();
      for (FolderEntry inner : PathProbe.at(folder).entries()) {
        if (FolderLayout.isPlace(inner)) {
          names.add(inner.name());
        }
      }
      if (shared == null) {
        shared = names;
      } else if (!shared.equals(names)) {
        return;
      }
    }
    boolean splits = names().stream().anyMatch(name -> SplitNames.of(name).isPresent());
    if (shared.size() >= LEAST_SHARED && !splits) {
      throw new CannotException(
          "read " + JobFiles.shown(probe.place()),
          "%s hold the same folders (%s, ...), so they are not classes but versions of one set; choose one of them"
              .formatted(String.join(", ", names()), shared.iterator().next()));
    }
  }
}
