package io.millrace.pipeline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OsLockTest {
  @TempDir Path folder;

  /** Takes the lock of a folder, says so by a file, and never gives it back. */
  static final class HoldForEver {
    private HoldForEver() {}

    @SuppressWarnings("resource")
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      Workspace.open(folder.toString()).lock("hold");
      Files.createFile(folder.resolve("held"));
      new CountDownLatch(1).await();
    }
  }

  @Test
  void refusesSecondProcessUntilHolderIsKilled() throws Exception {
    Path root = Files.createDirectory(folder.resolve("w"));
    Process holder = ChildJvm.start(folder, HoldForEver.class, root.toString());
    try {
      await().until(() -> Files.exists(root.resolve("held")));
      Workspace workspace = Workspace.open(root.toString());
      assertThatThrownBy(() -> workspace.lock("run in " + root))
          .isInstanceOf(CannotException.class)
          .hasMessageMatching(
              "Cannot run in \\S+: process %d of user %s on host \\S+ has held it since \\d\\d:\\d\\d UTC; wait for it or stop it"
                  .formatted(holder.pid(), System.getProperty("user.name")));
      holder.destroyForcibly().waitFor();
      try (FolderLock lock = workspace.lock("run in " + root)) {
        lock.ensureHeld();
      }
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void refusesSecondLockInOneProcessUntilRelease() {
    Workspace workspace = Workspace.open(folder.toString());
    FolderLock first = workspace.lock("run");
    assertThatThrownBy(() -> Workspace.open(folder + "/.").lock("run"))
        .hasMessageStartingWith("Cannot run: process " + ProcessHandle.current().pid());
    first.ensureHeld();
    first.close();
    assertThatThrownBy(first::ensureHeld).isInstanceOf(CannotException.class);
    workspace.lock("run").close();
  }

  @Test
  void locksFolderAgainAfterItsRemoval() {
    Path root = folder.resolve("gone");
    Workspace workspace = Workspace.open(root.toString());
    try (FolderLock lock = workspace.lock("run")) {
      lock.ensureHeld();
      workspace.remove(workspace.root());
    }
    assertThat(root).doesNotExist();
    workspace.lock("run").close();
  }
}
