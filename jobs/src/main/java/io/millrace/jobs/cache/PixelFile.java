package io.millrace.jobs.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file without a name that pixels are put into one after the other, up to a bound; it is gone
 * with the process. When the disk fails it keeps nothing more: a cache is no reason to fail a
 * training. For use by several threads.
 */
final class PixelFile {
  private final long bound;
  private final LocalFolder folder;
  private FileChannel channel;
  private long end;
  private boolean failed;

  /**
   * @param bound in bytes
   * @param folder that it is made in when it is first needed
   */
  PixelFile(long bound, LocalFolder folder) {
    this.bound = bound;
    this.folder = folder;
  }

  synchronized boolean hasRoomFor(long length) {
    return !failed && end + length <= bound;
  }

  /** Where the bytes begin now; empty if they are not kept. */
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
      // What is open outlives its name: nothing is left behind, however the process ends.
      Files.deleteIfExists(file);
    }
  }
}
