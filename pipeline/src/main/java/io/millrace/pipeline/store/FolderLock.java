package io.millrace.pipeline.store;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** A lock for writing in a folder, held by one process at a time; closing it releases the lock. */
public sealed interface FolderLock extends AutoCloseable permits OsLock, Lease {
  /**
   * Makes sure that the lock is still held, before something is published under it.
   *
   * @throws io.millrace.pipeline.CannotException when it was lost, for instance because a lease
   *     expired while this process was suspended
   */
  void ensureHeld();

  /**
   * The lease's name; empty for a lock of the operating system, with which the holder is surely
   * alone.
   */
  Optional<String> lease();

  @Override
  void close();

  /**
   * Takes the lock of an existing folder.
   *
   * @param what what the lock is for, e.g. {@code "run in work/x"}
   * @throws io.millrace.pipeline.CannotException when another process holds it; the message says
   *     which
   */
  static FolderLock acquire(Storage storage, URI folder, String what) throws IOException {
    return Places.isLocal(folder)
        ? OsLock.acquire(Places.local(folder), what)
        : Lease.acquire(storage, folder, what);
  }
}
