package io.millrace.pipeline.store;

import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which unfinished work a run may touch. Where the operating system locks, all of it. Where a lock
 * is a lease, two runs may both believe that they hold it, so each works in folders that its lease
 * names and leaves those of leases that are there alone. A run whose lease is gone can publish
 * nothing any more, since it asks for its lease after the work and before the manifest: what it
 * left may be removed or gone on with, even if it wakes up later.
 */
final class Leftovers {
  /** Characters of a lease's name. */
  private static final int NAME = 36;

  private static final Pattern OWNED = Pattern.compile("[0-9a-f-]{" + NAME + "}(\\..*)?");
  private static final int SUFFIX = 8;

  private final Storage storage;
  private final URI root;
  private final Optional<String> own;

  /**
   * @param root of the workspace
   * @param lock that is held
   */
  Leftovers(Storage storage, URI root, FolderLock lock) {
    this.storage = storage;
    this.root = root;
    this.own = lock.lease();
  }

  /** A name that no other folder has, which tells whose it is. */
  String newName() {
    String random = UUID.randomUUID().toString();
    return own.map(lease -> lease + "." + random.substring(0, SUFFIX)).orElse(random);
  }

  /** Removes what runs that can publish nothing any more, or this one, left in a folder. */
  void removeFrom(URI folder) throws IOException {
    if (own.isEmpty()) {
      storage.delete(folder);
      return;
    }
    for (String name : storage.children(folder)) {
      if (OWNED.matcher(name).matches() && (isOwn(name) || !isAlive(name))) {
        storage.delete(storage.child(folder, name));
      }
    }
    storage.deleteEmpty(folder);
  }

  /**
   * The folder that this run keeps work in which outlives it, with what a run that can publish
   * nothing any more left to go on from; it may not exist.
   *
   * @param shared of all runs
   */
  URI goOnIn(URI shared) throws IOException {
    if (own.isEmpty()) {
      return shared;
    }
    URI mine = storage.child(shared, own.get());
    if (!storage.exists(mine)) {
      Optional<URI> left = newestLeft(shared);
      if (left.isPresent()) {
        take(left.get(), mine);
      }
    }
    return mine;
  }

  private void take(URI left, URI mine) {
    try {
      storage.rename(left, mine);
    } catch (IOException alsoTakenByAnother) {
      // What has come over is whole files, and work that goes on looks at each.
    }
  }

  private Optional<URI> newestLeft(URI shared) throws IOException {
    record Left(URI folder, String mark) {}
    List<String> names = storage.children(shared);
    Optional<Left> newest = Optional.empty();
    for (String name : names) {
      if (OWNED.matcher(name).matches() && !isAlive(name)) {
        URI folder = storage.child(shared, name);
        String mark =
            storage.walk(folder, Optional.empty()).stream()
                .map(Storage.Seen::mark)
                .max(Comparator.naturalOrder())
                .orElse("");
        if (newest.isEmpty() || mark.compareTo(newest.get().mark()) > 0) {
          newest = Optional.of(new Left(folder, mark));
        }
      }
    }
    return newest.map(Left::folder);
  }

  private boolean isOwn(String name) {
    return name.startsWith(own.orElseThrow());
  }

  private boolean isAlive(String name) throws IOException {
    return Lease.exists(storage, root, name.substring(0, NAME));
  }
}
