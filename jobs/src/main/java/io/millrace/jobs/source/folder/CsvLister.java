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
 * The pictures that CSV files name. Files that they do not name are left out.
 *
 * @param classes by label number
 */
record CsvLister(List<LabelFile> labels, List<String> classes, LeaveOut leaveOut)
    implements Lister {
  @Override
  public void list(Part part, Sink sink) throws IOException {
    CsvFiles files =
        CsvFiles.of(part.file(), labels.stream().map(LabelFile::csv).toList(), leaveOut);
    Set<String> named = new HashSet<>();
    Set<String> odd = new HashSet<>();
    Set<String> missing = new HashSet<>();
    for (LabelFile each : labels) {
      list(each, files, named, odd, missing, sink);
    }
    files.tell(named, odd, sink);
  }

  private void list(
      LabelFile file,
      CsvFiles files,
      Set<String> named,
      Set<String> odd,
      Set<String> missing,
      Sink sink)
      throws IOException {
    CsvColumns columns = file.columns();
    file.csv()
        .visit(
            (number, line, cells) -> {
              if (!columns.isOfFile(number)) {
                return;
              }
              String path = CsvColumns.cell(cells, columns.path());
              CsvFiles.Named found = files.find(file.csv(), path);
              if (!found.isThere()) {
                odd.add(found.path());
                // Once for each file of labels that names the missing file.
                if (missing.add(file.csv().file() + "\0" + path)) {
                  String where = JobFiles.shown(file.csv().file());
                  sink.reject(new Reject(path, where, found.problem(), 0));
                }
              } else if (named.add(found.id())) {
                String label = columns.labelOf(cells);
                int numbered = label.isEmpty() ? Entry.NO_LABEL : classes.indexOf(label);
                sink.entry(files.entry(found.id(), CsvSplits.of(file, line, cells), numbered));
              }
            });
  }
}
