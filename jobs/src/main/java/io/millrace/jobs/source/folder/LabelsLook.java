package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.PathProbe;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks for files that label the pictures of a folder: Kaggle's, Hugging Face's and others'. */
final class LabelsLook {
  /** Hugging Face's name for them, in the folder of pictures itself. */
  private static final String METADATA = "metadata";

  /** Kaggle's example of a submission, whose labels are not real. */
  private static final String SUBMISSION = "submission";

  private static final int MOST_FOLDERS = 64;
  private static final int MOST_FILES = 16;

  private LabelsLook() {}

  /**
   * What was found.
   *
   * @param labels the files to use; none if no file's lines name and label files
   * @param others that label pictures, too, and are not used
   * @param useless names of files whose lines name no file
   */
  record Found(List<SeenLabels> labels, List<SeenLabels> others, List<String> useless) {}

  static Found in(PathProbe probe) throws IOException {
    List<CsvLabels> all = candidates(probe);
    List<SeenLabels> seen = new ArrayList<>();
    List<String> useless = new ArrayList<>();
    if (!all.isEmpty()) {
      CsvFiles files = CsvFiles.of(probe.place(), all, LeaveOut.NOTHING);
      for (CsvLabels csv : all) {
        Optional<SeenLabels> one = seen(csv, files);
        one.ifPresentOrElse(seen::add, () -> useless.add(csv.name()));
      }
    }
    if (seen.isEmpty()) {
      return new Found(List.of(), List.of(), useless);
    }
    seen.sort(
        Comparator.comparing((SeenLabels it) -> !it.folder().isEmpty())
            .thenComparing(it -> !it.isOfTraining())
            .thenComparing(it -> -it.files())
            .thenComparing(it -> it.csv().name()));
    List<SeenLabels> taken = together(seen);
    seen.removeAll(taken);
    return new Found(taken, seen, useless);
  }

  /** The best file, and those of the same kind for other splits. */
  private static List<SeenLabels> together(List<SeenLabels> seen) {
    SeenLabels best = seen.get(0);
    List<SeenLabels> taken = new ArrayList<>();
    for (SeenLabels each : seen) {
      boolean other =
          taken.stream().allMatch(it -> it.split().isPresent() && !it.split().equals(each.split()));
      boolean alike =
          each.split().isPresent()
              && each.folder().isEmpty() == best.folder().isEmpty()
              && each.labelName().equals(best.labelName());
      if (each == best || (alike && other)) {
        taken.add(each);
      }
    }
    taken.sort(Comparator.comparing(it -> it.csv().file()));
    return taken;
  }

  private static Optional<SeenLabels> seen(CsvLabels csv, CsvFiles files) throws IOException {
    try {
      return SeenLabels.of(csv, files);
    } catch (CannotException unreadable) {
      return Optional.empty();
    }
  }

  private static List<CsvLabels> candidates(PathProbe probe) throws IOException {
    List<URI> found = new ArrayList<>();
    int folders = 0;
    for (FolderEntry entry : probe.entries()) {
      if (entry.kind() == FolderEntry.Kind.FILE && isOfLabels(entry.name())) {
        found.add(entry.uri());
      } else if (FolderLayout.isPlace(entry) && folders++ < MOST_FOLDERS) {
        for (FolderEntry inner : PathProbe.at(entry).entries()) {
          if (inner.kind() == FolderEntry.Kind.FILE
              && isOfLabels(inner.name())
              && (inner.name().startsWith(METADATA) || FolderLayout.isSplit(entry))) {
            found.add(inner.uri());
          }
        }
      }
    }
    return found.stream().limit(MOST_FILES).map(it -> new CsvLabels(it, "utf-8")).toList();
  }

  private static boolean isOfLabels(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return (lower.endsWith(".csv") || lower.endsWith(".tsv") || JsonLines.are(lower))
        && !lower.contains(SUBMISSION);
  }
}
