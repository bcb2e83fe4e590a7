package io.millrace.jobs.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file without a name, which disappears with the process. Pixels are appended to it up to a
 * bound. When the disk fails, it stores nothing more: a cache must not make a training fail. For
 * use by several threads.
 */
final class PixelFile {
  private final long bound;
  private final LocalFolder folder;
  private FileChannel channel;
  private long end;
  private boolean failed;

  /**
   * @param bound in bytes
   * @param folder in which the file is made when it is first needed
   */
  PixelFile(long bound, LocalFolder folder) {
    this.bound = bound;
    this.folder = folder;
  }

  synchronized boolean hasRoomFor(long length) {
    return !failed && end + length <= bound;
  }

  /** Appends bytes and returns their place; empty if they are not stored. */
  Optional<Long> append(byte[] bytes) {
    FileChannel open;
    long offset;
    synchronized (this) {
      if (failed || end + bytes.length > bound) {
        return Optional.empty();
      }
      try {
        channel = channel == null ? made() : channel;
      } catch (IOException e) {
        failed = true;
        return Optional.empty();
      }
      open = channel;
      offset = end;
      end += bytes.length;
    }
    try {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        open.write(left, offset + left.position());
      }
      return Optional.of(offset);
    } catch (IOException e) {
      fail();
      return Optional.empty();
    }
  }

  /** The bytes at a place; empty if the disk fails. */
  Optional<byte[]> read(long offset, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try {
      while (bytes.hasRemaining()) {
        if (open().read(bytes, offset + bytes.position()) < 0) {
          return Optional.empty();
        }
      }
      return Optional.of(bytes.array());
    } catch (IOException e) {
      fail();
      return Optional.empty();
    }
  }

  private synchronized FileChannel open() {
    return channel;
  }

  private synchronized void fail() {
    failed = true;
  }

  private FileChannel made() throws IOException {
    Path file = Files.createTempFile(folder.path(), "pixels-", "");
    try {
      return FileChannel.open(
          file,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    } finally {
      // An open file can be used after its removal, so nothing is left behind however the process
      // ends.
      Files.deleteIfExists(file);
    }
  }
}
