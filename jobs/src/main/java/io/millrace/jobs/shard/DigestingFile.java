package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A new Parquet file whose checksum is computed while it is written, so that it need not be read
 * again, and whose footer is sorted before it is written.
 */
final class DigestingFile implements OutputFile {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path path;
  private final MessageDigest digest;
  private Counted stream;

  DigestingFile(Path path, MessageDigest digest) {
    this.path = path;
    this.digest = digest;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    return open(false);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return open(true);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return path.toString();
  }

  /** To be called after the last row: keeps the rest in memory until the footer is complete. */
  void beginTail() {
    stream.tail = new ByteArrayOutputStream();
  }

  private PositionOutputStream open(boolean overwrite) throws IOException {
    OutputStream file = JobFiles.create(path, overwrite);
    stream =
        new Counted(new BufferedOutputStream(new DigestOutputStream(file, digest), BUFFER_BYTES));
    return stream;
  }

  private static final class Counted extends PositionOutputStream {
    private final OutputStream file;
    private ByteArrayOutputStream tail;
    private long position;
    private boolean closed;

    Counted(OutputStream file) {
      this.file = file;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      sink().write(b);
      position++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      sink().write(bytes, from, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      file.flush();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      try (file) {
        if (tail != null) {
          file.write(OrderedFooter.in(tail.toByteArray()));
        }
      }
    }

    private OutputStream sink() {
      return tail == null ? file : tail;
    }
  }
}
