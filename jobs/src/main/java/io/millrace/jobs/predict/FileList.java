package io.millrace.jobs.predict;

import io.millrace.jobs.feed.Span;
import io.millrace.jobs.files.FolderEntry;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.Lister;
import io.millrace.jobs.source.PictureFolder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files below a folder as a list on disk, so that neither the driver nor a task has to hold all
 * of them.
 *
 * @param file the list
 * @param size how many there are
 * @param batch files from one recorded offset to the next
 * @param offsets where each batch begins in the list, in bytes, and where the last one ends
 */
record FileList(URI file, long size, int batch, List<Long> offsets) {
  private static final String NAME = "files";

  /**
   * Lists a folder, folder by folder in the order of names, or one file.
   *
   * @param work where the list is written
   * @param leftOut files that are left out
   */
  static FileList of(URI pictures, URI work, int batch, Predicate<URI> leftOut) throws IOException {
    Path path = new Path(pictures);
    FileStatus status = JobFiles.fileSystem(path).getFileStatus(path);
    try (Writer writer = new Writer(JobFiles.in(work).create(NAME), batch)) {
      if (status.isDirectory()) {
        new PictureFolder(pictures, "").visitAll(new Listing(writer, leftOut), writer);
      } else {
        writer.add(new ListedFile(path.getName(), pictures, status.getLen(), ""));
      }
      writer.end();
      URI file = JobFiles.in(work).path(NAME).toUri();
      return new FileList(file, writer.size, batch, List.copyOf(writer.offsets));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * The work of each task.
   *
   * @param slots tasks that run at once
   */
  List<Piece> pieces(int slots) {
    List<Piece> pieces = new ArrayList<>();
    for (Span span : Span.of(size, batch, slots)) {
      int first = Math.toIntExact(span.from() / batch);
      int end = Math.toIntExact((span.to() + batch - 1) / batch);
      pieces.add(new Piece(file, offsets.get(first), offsets.get(end), (int) span.images()));
    }
    return pieces;
  }

  /**
   * Consecutive files in the list, from the beginning of a batch.
   *
   * @param list the list
   * @param from where it begins, in bytes
   * @param to where it ends, in bytes
   * @param files how many
   */
  record Piece(URI list, long from, long to, int files) implements Serializable {
    List<ListedFile> read() throws IOException {
      byte[] bytes;
      try (ReadAt whole = JobFiles.readAt(list)) {
        bytes = whole.read(from, Math.toIntExact(to - from));
      }
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      List<ListedFile> found = new ArrayList<>(files);
      for (int i = 0; i < files; i++) {
        found.add(
            new ListedFile(in.readUTF(), URI.create(in.readUTF()), in.readLong(), in.readUTF()));
      }
      return found;
    }
  }

  private record Listing(Writer writer, Predicate<URI> leftOut) implements PictureFolder.Visitor {
    @Override
    public void file(String id, FolderEntry file) throws IOException {
      if (!leftOut.test(file.uri())) {
        writer.add(new ListedFile(id, file.uri(), file.length(), ""));
      }
    }
  }

  private static final class Writer implements Lister.Sink, Closeable {
    private final OutputStream out;
    private final int batch;
    private final List<Long> offsets = new ArrayList<>(List.of(0L));
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream text = new DataOutputStream(bytes);
    private long size;

    Writer(OutputStream out, int batch) {
      this.out = out;
      this.batch = batch;
    }

    void add(ListedFile found) throws IOException {
      text.writeUTF(found.id());
      text.writeUTF(found.place().toString());
      text.writeLong(found.bytes());
      text.writeUTF(found.problem());
      size++;
      if (size % batch == 0) {
        endBatch();
      }
    }

    void end() throws IOException {
      if (bytes.size() > 0) {
        endBatch();
      }
      out.flush();
    }

    private void endBatch() throws IOException {
      bytes.writeTo(out);
      offsets.add(offsets.get(offsets.size() - 1) + bytes.size());
      bytes.reset();
    }

    @Override
    public void reject(Reject reject) {
      try {
        add(new ListedFile(reject.id(), URI.create(""), 0, reject.reason()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void entry(Entry entry) {}

    @Override
    public void leftOut(long pictures) {}

    @Override
    public void ignored(IgnoredFiles.Kind kind, String example, long files) {}

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
