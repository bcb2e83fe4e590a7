package io.millrace.jobs.source.idx;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.Map;

/**
 * Pairs pictures and labels by number.
 *
 * @param pairs by the parts' names
 * @param classes how many there are: a picture with another label is a reject
 */
record IdxLister(Map<String, Pair> pairs, int classes) implements Lister {
  private static final int LABELS_AT_ONCE = 1 << 16;

  /** A file of pictures and one of labels. */
  record Pair(URI pictures, URI labels) implements Serializable {}

  @Override
  public void list(Part part, Sink sink) throws IOException {
    Pair pair = pairs.get(part.name());
    IdxFile pictures = IdxFile.read(pair.pictures()).orElseThrow(() -> changed(pair.pictures()));
    IdxFile labels = IdxFile.read(pair.labels()).orElseThrow(() -> changed(pair.labels()));
    byte[] some = {};
    try (ReadAt in = JobFiles.readAt(pair.labels())) {
      for (long i = 0; i < pictures.whole(); i++) {
        if (i >= labels.whole()) {
          reject(part, i, "no label: the labels' file is shorter", pictures.itemBytes(), sink);
          continue;
        }
        int at = (int) (i % LABELS_AT_ONCE);
        if (at == 0) {
          some = in.read(labels.offset() + i, (int) Math.min(LABELS_AT_ONCE, labels.whole() - i));
        }
        picture(part, pictures, i, some[at] & 0xFF, sink);
      }
    }
    if (pictures.tail() > 0) {
      String why =
          pictures.whole() < pictures.items()
              ? "the file ends within a picture"
              : "bytes behind the last picture";
      reject(part, pictures.whole(), why, pictures.tail(), sink);
    } else if (pictures.whole() < pictures.items()) {
      reject(part, pictures.whole(), "the file ends early", 0, sink);
    }
    if (labels.whole() > pictures.whole() && pictures.whole() == pictures.items()) {
      reject(part, pictures.whole(), "labels without pictures", 0, sink);
    }
  }

  private void picture(Part part, IdxFile file, long index, int label, Sink sink)
      throws IOException {
    if (label >= classes) {
      reject(part, index, "label over " + (classes - 1), file.itemBytes(), sink);
      return;
    }
    sink.entry(
        new Entry(
            part.name() + "#" + index,
            part.split(),
            label,
            file.file(),
            file.offset() + index * file.itemBytes(),
            file.itemBytes(),
            1,
            file.height(),
            file.width()));
  }

  private static void reject(Part part, long index, String why, long bytes, Sink sink) {
    String id = part.name() + "#" + index;
    sink.reject(new Reject(id, JobFiles.shown(part.file()), why, bytes));
  }

  private static IOException changed(URI file) {
    return new IOException(JobFiles.shown(file) + " changed while it was read");
  }
}
