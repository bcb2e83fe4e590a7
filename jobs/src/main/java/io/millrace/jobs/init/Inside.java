package io.millrace.jobs.init;

import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.source.Recognition;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Finds datasets in a folder. */
final class Inside {
  private static final int LOOKED_AT = 32;

  private Inside() {}

  /** The first names that are recognised; none if it is a file. */
  static List<String> of(URI folder, int most) {
    List<String> names = new ArrayList<>();
    try {
      List<FolderEntry> entries = FolderEntry.of(folder);
      for (FolderEntry entry : entries.subList(0, Math.min(LOOKED_AT, entries.size()))) {
        if (isOne(entry) && names.size() < most) {
          names.add(entry.name());
        }
      }
    } catch (IOException | CannotException e) {
      // A hint must not cause a failure.
      return names;
    }
    return names;
  }

  private static boolean isOne(FolderEntry entry) throws IOException {
    try {
      return entry.problem().isEmpty() && Recognition.of(entry.uri()).isPresent();
    } catch (CannotException unclear) {
      // It can't be recognised, so there is no hint.
      return false;
    }
  }
}
