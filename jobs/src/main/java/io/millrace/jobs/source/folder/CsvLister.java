package io.millrace.jobs.source.folder;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.LeaveOut;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The pictures that a CSV file names. Files that it does not name are left out.
 *
 * @param classes by label number
 */
record CsvLister(CsvLabels csv, CsvColumns columns, List<String> classes, LeaveOut leaveOut)
    implements Lister {
  @Override
  public void list(Part part, Sink sink) throws IOException {
    CsvFiles files = CsvFiles.of(part.file(), csv.file(), leaveOut);
    files.tell(sink);
    Set<String> named = new HashSet<>();
    Set<String> odd = new HashSet<>();
    csv.visit(
        (number, line, cells) -> {
          if (!columns.isOfFile(number)) {
            return;
          }
          String path = CsvColumns.cell(cells, columns.path());
          CsvFiles.Named found = files.find(path);
          if (!found.isThere()) {
            if (odd.add(path)) {
              sink.reject(new Reject(path, JobFiles.shown(csv.file()), found.problem(), 0));
            }
          } else if (named.add(found.id())) {
            String label = columns.labelOf(cells);
            int numbered = label.isEmpty() ? Entry.NO_LABEL : classes.indexOf(label);
            sink.entry(
                files.entry(
                    found.id(),
                    CsvReading.splitOf(csv, columns, line, cells, part.split()),
                    numbered));
          }
        });
    long oddThere = odd.stream().filter(files::isOdd).count();
    sink.leftOut(files.size() - named.size() - oddThere);
  }
}
