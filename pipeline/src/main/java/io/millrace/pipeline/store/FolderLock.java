package io.millrace.pipeline.store;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The right to write in a folder, held by one process at a time. Closing gives it back. */
public sealed interface FolderLock extends AutoCloseable permits OsLock, Lease {
  /**
   * Makes sure that the lock is still held, before something is published under it.
   *
   * @throws io.millrace.pipeline.CannotException when it was lost, such as by a lease that ran out
   *     while this process was suspended
   */
  void ensureHeld();

  /**
   * The name of the lease that this lock is; empty where the operating system locks, so that a
   * holder can rely on being alone.
   */
  Optional<String> lease();

  @Override
  void close();

  /**
   * Takes the lock of a folder that exists.
   *
   * @param what what can't be done without it, e.g. {@code "run in work/x"}
   * @throws io.millrace.pipeline.CannotException when another process holds it, saying who
   */
  static FolderLock acquire(Storage storage, URI folder, String what) throws IOException {
    return Places.isLocal(folder)
        ? OsLock.acquire(Places.local(folder), what)
        : Lease.acquire(storage, folder, what);
  }
}
