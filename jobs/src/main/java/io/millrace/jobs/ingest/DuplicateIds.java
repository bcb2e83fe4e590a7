package io.millrace.jobs.ingest;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.source.Entry;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Refuses a source in which two pictures have one id. */
final class DuplicateIds {
  private DuplicateIds() {}

  /**
   * @throws CannotException if two pictures have one id; the message names both
   */
  static void refuse(SubsetFilter.Pass entries, long count, String what) throws IOException {
    Set<Long> suspicious = new HashSet<>();
    Repeats.find(
        sink -> entries.over(entry -> sink.number(Bits.idHash(entry.id()))),
        count,
        0,
        (sorted, from, to) -> suspicious.add(sorted[from]));
    if (suspicious.isEmpty()) {
      return;
    }
    // Two ids may have the same hash, so the ids themselves are compared.
    Map<String, Entry> seen = new HashMap<>();
    entries.over(
        entry -> {
          if (suspicious.contains(Bits.idHash(entry.id()))) {
            Entry other = seen.put(entry.id(), entry);
            if (other != null) {
              throw new CannotException(
                  what,
                  "two pictures have the id '"
                      + entry.id()
                      + "': "
                      + place(other)
                      + " and "
                      + place(entry)
                      + "; remove or rename one of them");
            }
          }
        });
  }

  private static String place(Entry entry) {
    String file = JobFiles.shown(entry.file());
    return entry.offset() == 0 ? file : file + " (byte " + entry.offset() + ")";
  }
}
