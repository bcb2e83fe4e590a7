package io.millrace.pipeline.store;

import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Decides which unfinished work a run may use or remove. With a lock of the operating system, it is
 * all of it. With a lease, two runs may both believe that they hold the lock, so each works in
 * folders with its lease's name, and does not touch those of existing leases. A run whose lease is
 * gone can't publish anything, since it checks its lease after the work and before it writes the
 * manifest. So what it left may be removed or resumed, even if that run wakes up later.
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
   * @param lock the held lock
   */
  Leftovers(Storage storage, URI root, FolderLock lock) {
    this.storage = storage;
    this.root = root;
    this.own = lock.lease();
  }

  /** A new name for a folder, which begins with the lease's name. */
  String newName() {
    String random = UUID.randomUUID().toString();
    return own.map(lease -> lease + "." + random.substring(0, SUFFIX)).orElse(random);
  }

  /** Removes from a folder what was left by this run and by runs that can no longer publish. */
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
   * The folder for this run's unfinished work, with what a run that can no longer publish left to
   * resume; it may not exist.
   *
   * @param shared the folder that all runs share
   */
  URI resumeIn(URI shared) throws IOException {
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
      // Only whole files were moved, and a resumed job checks each.
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
