package io.millrace.jobs.ingest;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Entry;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;

/** Lists of entries on disk, so that no list has to fit into memory. */
final class EntryFile {
  /** The longest id that is allowed; a file's path is shorter on every system. */
  static final int LONGEST_ID = 8192;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final Split[] SPLITS = Split.values();

  private EntryFile() {}

  /** Writes one list. */
  static final class Writer implements Closeable {
    private final DataOutputStream out;
    private URI last;
    private long entries;

    Writer(OutputStream out) {
      this.out = new DataOutputStream(out);
    }

    void write(Entry entry) throws IOException {
      boolean same = entry.file().equals(last);
      out.writeBoolean(true);
      out.writeUTF(entry.id());
      out.writeByte(entry.split().number());
      out.writeInt(entry.label());
      out.writeBoolean(same);
      if (!same) {
        out.writeUTF(entry.file().toString());
        last = entry.file();
      }
      out.writeLong(entry.offset());
      out.writeLong(entry.length());
      out.writeByte(entry.channels());
      if (!entry.isEncoded()) {
        out.writeInt(entry.height());
        out.writeInt(entry.width());
      }
      entries++;
    }

    long entries() {
      return entries;
    }

    @Override
    public void close() throws IOException {
      out.writeBoolean(false);
      out.close();
    }
  }

  /** Receives entries in the order of the list. */
  @FunctionalInterface
  interface Visitor {
    void entry(Entry entry) throws IOException;
  }

  /** Reads one list from end to end. */
  static void read(JobFiles files, String path, Visitor visitor) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(files.open(path), BUFFER_BYTES))) {
      URI last = null;
      while (in.readBoolean()) {
        String id = in.readUTF();
        Split split = SPLITS[in.readByte()];
        int label = in.readInt();
        if (!in.readBoolean()) {
          last = URI.create(in.readUTF());
        }
        long offset = in.readLong();
        long length = in.readLong();
        int channels = in.readByte();
        int height = channels == 0 ? 0 : in.readInt();
        int width = channels == 0 ? 0 : in.readInt();
        visitor.entry(new Entry(id, split, label, last, offset, length, channels, height, width));
      }
    }
  }
}
