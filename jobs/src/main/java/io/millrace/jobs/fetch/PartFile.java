package io.millrace.jobs.fetch;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The part of a file that has been fetched, {@code <name>.part}. It survives the process, and is
 * locked as long as it is open. There is only one channel, since closing another on the same file
 * would release the lock.
 */
final class PartFile implements AutoCloseable {
  private static final String SUFFIX = ".part";

  private final Path target;
  private final Path part;
  private final Path note;
  private final FileChannel channel;
  private Optional<FileVersion> origin;

  /** Whether the file was renamed or removed; the name may be another process's part by now. */
  private boolean gone;

  private PartFile(Path target, FileChannel channel) {
    this.target = target;
    this.part = beside(target);
    this.note = part.resolveSibling(part.getFileName() + FileVersion.SUFFIX);
    this.channel = channel;
    this.origin = FileVersion.read(note);
  }

  private static Path beside(Path target) {
    return target.resolveSibling(target.getFileName() + SUFFIX);
  }

  /**
   * Opens or makes the part of a file.
   *
   * @param what for the message, e.g. {@code "fetch cifar10"}
   * @throws CannotException if another process uses it
   */
  static PartFile of(Path target, String what) throws IOException {
    Path part = beside(target);
    while (true) {
      try {
        Files.createFile(part);
      } catch (FileAlreadyExistsException e) {
        // An earlier process left it, or another one is writing it.
      }
      try {
        Object key = key(part);
        FileChannel channel =
            FileChannel.open(part, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
          lock(channel, target, what);
          // The lock's last owner may have renamed this file to its final name meanwhile.
          if (key(part).equals(key)) {
            return new PartFile(target, channel);
          }
          channel.close();
        } catch (IOException | RuntimeException e) {
          channel.close();
          throw e;
        }
      } catch (NoSuchFileException e) {
        // It was renamed or removed in between: begin again.
      }
    }
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static void lock(FileChannel channel, Path target, String what) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it; for a user that is the same.
    }
    throw new CannotException(
        what,
        "another process is fetching " + target + "; run the same command again when it has ended");
  }

  Path path() {
    return part;
  }

  long length() throws IOException {
    return channel.size();
  }

  /** The version of the bytes so far, if it is known. */
  Optional<FileVersion> origin() {
    return origin;
  }

  /** Removes all bytes. */
  void clear() throws IOException {
    channel.truncate(0);
    Files.deleteIfExists(note);
    origin = Optional.empty();
  }

  /** Removes all bytes; later ones are of that version. */
  void begin(FileVersion version) throws IOException {
    clear();
    note(version);
  }

  /** Records the version of the bytes. */
  void note(FileVersion version) throws IOException {
    version.write(note);
    origin = Optional.of(version);
  }

  void append(ByteBuffer bytes) throws IOException {
    long end = channel.size();
    while (bytes.hasRemaining()) {
      end += channel.write(bytes, end);
    }
  }

  Content content(LongConsumer read) throws IOException {
    return Content.of(channel, read);
  }

  /** The free bytes of the disk that it is on. */
  long space() throws IOException {
    return Files.getFileStore(part).getUsableSpace();
  }

  /** Renames it to the file itself, atomically. */
  void publish() throws IOException {
    channel.force(true);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    gone = true;
    Files.deleteIfExists(note);
    try (FileChannel folder =
        FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  void delete() throws IOException {
    gone = true;
    Files.deleteIfExists(part);
    Files.deleteIfExists(note);
  }

  /** Leaves only a part that can be continued. */
  @Override
  public void close() throws IOException {
    if (!gone && channel.isOpen() && length() == 0) {
      delete();
    }
    channel.close();
  }
}
