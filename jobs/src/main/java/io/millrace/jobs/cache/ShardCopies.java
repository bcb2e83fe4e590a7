package io.millrace.jobs.cache;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Local copies of shards on remote storage, each read from there once. Beyond a bound, those unused
 * longest are removed. Copies that an earlier process left in the folder are used too. A copy is
 * verified by its checksum, like any shard. For use by several threads.
 */
final class ShardCopies {
  private static final String LOCAL = "file";
  private static final int BUFFER_BYTES = 1 << 18;
  private static final String SUFFIX = ".parquet";

  /** Only a file with such a name is a copy. Others belong to the user and are not removed. */
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.parquet");

  private final long bound;
  private final LocalFolder folder;
  private final Map<String, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);
  private boolean counted;
  private boolean diskFailed;

  /**
   * @param bound in bytes
   * @param folder that the copies go to
   */
  ShardCopies(long bound, LocalFolder folder) {
    this.bound = bound;
    this.folder = folder;
  }

  /**
   * The rows of a row group of a shard, read from a local copy if the shard is remote.
   *
   * @throws io.millrace.pipeline.CannotException if the shard is missing or damaged
   */
  List<Picture> rowGroup(URI dataset, ShardEntry shard, int group) throws IOException {
    Optional<Path> copy =
        LOCAL.equals(dataset.getScheme()) ? Optional.empty() : copy(dataset, shard);
    if (copy.isPresent()) {
      URI place = copy.get().getParent().toUri();
      try (ShardReader reader = ShardReader.open(place, named(shard, copy.get()))) {
        return reader.rowGroup(group);
      } catch (CannotException | IOException unusable) {
        // The copy may be damaged or removed; the shard itself may still be good.
        letGo(shard.checksum(), copy.get());
      }
    }
    try (ShardReader reader = ShardReader.open(dataset, shard)) {
      return reader.rowGroup(group);
    }
  }

  /** The copy of a remote shard, made now if there is none; empty if it can't be stored. */
  private Optional<Path> copy(URI dataset, ShardEntry shard) throws IOException {
    Copy copy;
    synchronized (copies) {
      if (diskFailed || shard.bytes() > bound) {
        return Optional.empty();
      }
      countEarlierOnes();
      copy = copies.computeIfAbsent(shard.checksum(), checksum -> new Copy());
    }
    // Only threads that want the same shard wait.
    synchronized (copy) {
      if (copy.file == null || copy.bytes != shard.bytes()) {
        copy.file = made(dataset, shard).orElse(null);
      }
      if (copy.file == null) {
        return Optional.empty();
      }
      copy.bytes = shard.bytes();
    }
    letGoBeyondBound(shard.checksum());
    return Optional.of(copy.file);
  }

  /** Adds the copies that earlier processes left; they are the first to be removed. */
  private void countEarlierOnes() {
    if (counted) {
      return;
    }
    counted = true;
    try (Stream<Path> files = Files.list(folder.path())) {
      for (Path file : files.filter(ShardCopies::isCopy).sorted().toList()) {
        String name = file.getFileName().toString();
        Copy copy = new Copy();
        copy.file = file;
        copy.bytes = Files.size(file);
        copies.put(name.substring(0, name.length() - SUFFIX.length()), copy);
      }
    } catch (IOException e) {
      diskFailed = true;
    }
  }

  private static boolean isCopy(Path file) {
    return NAME.matcher(file.getFileName().toString()).matches();
  }

  private Optional<Path> made(URI dataset, ShardEntry shard) throws IOException {
    Path part;
    Path file;
    try {
      Path place = folder.path();
      file = place.resolve(shard.checksum() + SUFFIX);
      if (Files.exists(file) && Files.size(file) == shard.bytes()) {
        return Optional.of(file);
      }
      part = place.resolve(UUID.randomUUID() + ".part");
      Files.createFile(part);
    } catch (IOException e) {
      return withoutDisk();
    }
    try (InputStream in = JobFiles.in(dataset).open(shard.path())) {
      if (!written(in, part)) {
        return withoutDisk();
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return Optional.of(file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Whether the copy was written. A full disk is not an error; an error of remote storage is
   * thrown.
   */
  private static boolean written(InputStream in, Path part) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = Files.newOutputStream(part)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        try {
          out.write(buffer, 0, read);
        } catch (IOException full) {
          return false;
        }
      }
    }
    return true;
  }

  private Optional<Path> withoutDisk() {
    synchronized (copies) {
      diskFailed = true;
    }
    return Optional.empty();
  }

  private void letGoBeyondBound(String used) throws IOException {
    List<Path> oldest = new ArrayList<>();
    synchronized (copies) {
      long bytes = copies.values().stream().mapToLong(copy -> copy.bytes).sum();
      Iterator<Map.Entry<String, Copy>> each = copies.entrySet().iterator();
      while (bytes > bound && each.hasNext()) {
        Map.Entry<String, Copy> copy = each.next();
        if (copy.getValue().bytes > 0 && !copy.getKey().equals(used)) {
          bytes -= copy.getValue().bytes;
          oldest.add(copy.getValue().file);
          each.remove();
        }
      }
    }
    for (Path file : oldest) {
      // Its readers can continue: an open file can be read after its removal.
      Files.deleteIfExists(file);
    }
  }

  private void letGo(String checksum, Path file) throws IOException {
    synchronized (copies) {
      copies.remove(checksum);
    }
    Files.deleteIfExists(file);
  }

  private static ShardEntry named(ShardEntry shard, Path copy) {
    return new ShardEntry(
        copy.getFileName().toString(),
        shard.split(),
        shard.rows(),
        shard.bytes(),
        shard.checksum(),
        shard.rowGroups());
  }

  /** A file and its length; null and 0 until it is written. */
  private static final class Copy {
    private volatile Path file;
    private volatile long bytes;
  }
}
