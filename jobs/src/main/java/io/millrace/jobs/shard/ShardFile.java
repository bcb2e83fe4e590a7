package io.millrace.jobs.shard;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A shard as parquet-hadoop reads it: local ones past Hadoop, which copies all it reads twice. */
record ShardFile(URI place, long length) implements InputFile {
  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return new Stream(JobFiles.readAt(place));
  }

  private static final class Stream extends SeekableInputStream {
    private static final int LEVEL = 0xFF;

    private final ReadAt file;
    private long position;

    Stream(ReadAt file) {
      this.file = file;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void seek(long newPosition) {
      position = newPosition;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & LEVEL;
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
    public void readFully(byte[] into) throws IOException {
      readFully(into, 0, into.length);
    }

    @Override
    public void readFully(byte[] into, int at, int length) throws IOException {
      file.read(position, into, at, length);
      position += length;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      byte[] bytes = new byte[(int) Math.min(into.remaining(), file.length() - position)];
      if (bytes.length == 0) {
        return into.hasRemaining() ? -1 : 0;
      }
      readFully(bytes);
      into.put(bytes);
      return bytes.length;
    }

    @Override
    public void readFully(ByteBuffer into) throws IOException {
      if (into.remaining() > file.length() - position) {
        throw new EOFException("the file ends before byte " + (position + into.remaining()));
      }
      if (into.hasArray()) {
        readFully(into.array(), into.arrayOffset() + into.position(), into.remaining());
        into.position(into.limit());
      } else {
        byte[] bytes = new byte[into.remaining()];
        readFully(bytes);
        into.put(bytes);
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
