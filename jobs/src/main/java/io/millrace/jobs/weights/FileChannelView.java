package io.millrace.jobs.weights;

import io.millrace.jobs.files.ReadAt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file on any file system as the channel that the archive's reader takes. */
final class FileChannelView implements SeekableByteChannel {
  private final ReadAt file;
  private long position;

  /**
   * @param file stays open when the channel is closed
   */
  FileChannelView(ReadAt file) {
    this.file = file;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!into.hasRemaining()) {
      return 0;
    }
    // A damaged archive points anywhere.
    if (position >= file.length()) {
      return -1;
    }
    int length = (int) Math.min(into.remaining(), file.length() - position);
    into.put(file.read(position, length));
    position += length;
    return length;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long next) throws IOException {
    if (next < 0) {
      throw new IOException("its archive is damaged: it points before the beginning of the file");
    }
    position = next;
    return this;
  }

  @Override
  public long size() {
    return file.length();
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
