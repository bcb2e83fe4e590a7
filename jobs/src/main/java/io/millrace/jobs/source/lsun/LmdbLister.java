package io.millrace.jobs.source.lsun;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.millrace.jobs.container.DamagedException;
import io.millrace.jobs.container.LmdbFile;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.Part;
import java.io.IOException;
import java.util.HexFormat;

/** Every value of an LMDB file is a picture. */
record LmdbLister() implements Lister {
  @Override
  public void list(Part part, Sink sink) throws IOException {
    String where = JobFiles.shown(part.file());
    try (ReadAt file = JobFiles.readAt(part.file())) {
      LmdbFile.open(file)
          .scan(
              new LmdbFile.Visitor() {
                @Override
                public void entry(byte[] key, long offset, long length) throws IOException {
                  String id = part.name() + "/" + text(key);
                  sink.entry(
                      Entry.encoded(id, part.split(), part.label(), part.file(), offset, length));
                }

                @Override
                public void damaged(String reason, long bytes) {
                  sink.reject(new Reject(part.name(), where, reason, bytes));
                }
              });
    } catch (DamagedException e) {
      sink.reject(new Reject(part.name(), where, "no whole LMDB file", part.length()));
    }
  }

  /** LSUN's keys are text; other keys are shown in hex. */
  private static String text(byte[] key) {
    for (byte b : key) {
      if (b <= ' ' || b == 0x7F) {
        return HexFormat.of().formatHex(key);
      }
    }
    return new String(key, ISO_8859_1);
  }
}
