package io.millrace.jobs.shard;

import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.natives.CodecLibraries;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A shard as parquet-hadoop reads it, through a file that is open already: Parquet's own class
 * would open a Hadoop file system for each. Closing the stream closes the file.
 */
record ShardFile(ReadAt file) implements InputFile {
  @Override
  public long getLength() {
    return file.length();
  }

  @Override
  public SeekableInputStream newStream() {
    CodecLibraries.load();
    Bytes bytes = new Bytes(file);
    return new DelegatingSeekableInputStream(bytes) {
      @Override
      public long getPos() {
        return bytes.position;
      }

      @Override
      public void seek(long newPosition) {
        bytes.position = newPosition;
      }
    };
  }

  /** A file's bytes from a position on. */
  private static final class Bytes extends InputStream {
    private static final int BYTE = 0xFF;

    private final ReadAt file;
    private long position;

    Bytes(ReadAt file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & BYTE;
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
      int length = (int) Math.min(most, file.length() - position);
      if (length <= 0) {
        return most == 0 ? 0 : -1;
      }
      file.read(position, into, at, length);
      position += length;
      return length;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
