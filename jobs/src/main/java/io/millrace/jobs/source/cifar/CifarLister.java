package io.millrace.jobs.source.cifar;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import java.io.IOException;

/**
 * Lists the records of a batch by their labels. An id is {@code data_batch_1#17}.
 *
 * @param classes how many there are: a record with another label is a reject
 */
record CifarLister(CifarLayout layout, int classes) implements Lister {
  private static final int RECORDS_AT_ONCE = 256;

  @Override
  public void list(Part part, Sink sink) throws IOException {
    int bytes = layout.record();
    long records = part.length() / bytes;
    byte[] buffer = new byte[RECORDS_AT_ONCE * bytes];
    try (ReadAt file = JobFiles.readAt(part.file())) {
      for (long next = 0; next < records; ) {
        int count = (int) Math.min(RECORDS_AT_ONCE, records - next);
        file.read(next * bytes, buffer, 0, count * bytes);
        for (int i = 0; i < count; i++, next++) {
          record(part, next, buffer[i * bytes + layout.labelAt()] & 0xFF, sink);
        }
      }
    }
  }

  private void record(Part part, long index, int label, Sink sink) throws IOException {
    String id = part.name() + "#" + index;
    if (label >= classes) {
      String where = JobFiles.shown(part.file());
      sink.reject(new Reject(id, where, "label over " + (classes - 1), layout.record()));
      return;
    }
    long at = index * layout.record() + layout.labels();
    sink.entry(
        new Entry(
            id,
            part.split(),
            label,
            part.file(),
            at,
            CifarLayout.PIXELS,
            CifarLayout.CHANNELS,
            CifarLayout.SIDE,
            CifarLayout.SIDE));
  }
}
