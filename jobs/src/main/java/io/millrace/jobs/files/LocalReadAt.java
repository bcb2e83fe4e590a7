package io.millrace.jobs.files;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A local file, read without Hadoop, whose checks take longer than reading a small file. */
final class LocalReadAt implements ReadAt {
  private final Path path;
  private final FileChannel channel;
  private final long length;

  LocalReadAt(Path path) throws IOException {
    this.path = path;
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
    this.length = channel.size();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long position, byte[] into, int at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(into, at, length);
    for (long next = position; buffer.hasRemaining(); ) {
      int read = channel.read(buffer, next);
      if (read < 0) {
        throw new EOFException(path + " ends before byte " + (position + length));
      }
      next += read;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
