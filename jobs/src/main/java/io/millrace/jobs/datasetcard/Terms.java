package io.millrace.jobs.datasetcard;

import io.millrace.jobs.fetch.Datasets;
import io.millrace.jobs.fetch.PublicDataset;
import io.millrace.jobs.files.FolderEntry;
import io.millrace.pipeline.store.Places;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The terms of use of a dataset's pictures, if its source is known. */
final class Terms {
  /** A format that several public datasets share; their files' lengths tell them apart. */
  private static final String SHARED_FORMAT = "idx";

  private Terms() {}

  /**
   * The terms as text; empty if they are not known.
   *
   * @param source the description in the dataset's manifest
   */
  static Optional<String> of(Map<String, String> source) {
    String format = source.getOrDefault("format", "");
    Datasets datasets = Datasets.packed();
    if (format.equals(SHARED_FORMAT)) {
      return among(datasets, source.getOrDefault("path", ""))
          .map(it -> "These are the files of " + it.name() + ". Its terms: " + it.terms());
    }
    return datasets
        .terms(format)
        .map(terms -> "This is the format of " + format + ". Its terms: " + terms);
  }

  private static Optional<PublicDataset> among(Datasets datasets, String folder) {
    try {
      Map<String, Long> lengths = new HashMap<>();
      FolderEntry.visit(Places.uri(folder), it -> lengths.put(it.name(), it.length()));
      return datasets.among(lengths);
    } catch (IOException | IllegalArgumentException gone) {
      return Optional.empty();
    }
  }
}
