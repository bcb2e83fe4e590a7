package io.millrace.pipeline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace where locks are leases, and two runs that both believe to hold it. */
class LeasedWorkspaceTest {
  /** Local files under a scheme that is not local to Millrace. */
  public static final class Remote extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("remote:///");
    }

    @Override
    public String getScheme() {
      return "remote";
    }
  }

  private static final Map<String, String> SETTINGS =
      Map.of("spark.hadoop.fs.remote.impl", Remote.class.getName());
  private static final String PRINT = "f".repeat(64);

  @TempDir Path folder;
  private Workspace workspace;

  @BeforeEach
  void open() {
    workspace = Workspace.open("remote:" + folder.resolve("work"), SETTINGS);
  }

  private Path leases() {
    return folder.resolve("work/" + Lease.FOLDER);
  }

  private Path leaseOf(FolderLock lock) {
    return leases().resolve(lock.lease().orElseThrow() + ".json");
  }

  /** Another lock beside one that is held, as a listing that is not up to date would give it. */
  private FolderLock besides(FolderLock held) throws IOException {
    Path aside = folder.resolve("aside");
    Files.move(leaseOf(held), aside);
    FolderLock other = workspace.lock("test");
    Files.move(aside, leaseOf(held));
    held.ensureHeld();
    other.ensureHeld();
    return other;
  }

  private URI attempt(FolderLock lock, String text) {
    URI attempt = workspace.newAttempt("model", lock);
    workspace.write(attempt, "weights", text);
    return attempt;
  }

  private String weights(StoredArtifact artifact) {
    return workspace.read(artifact.folder(), "weights").orElseThrow();
  }

  private void keep(URI unfinished, String text) {
    workspace.write(unfinished, "checkpoint", text);
  }

  private Optional<String> kept(URI unfinished) {
    return workspace.read(unfinished, "checkpoint");
  }

  @Test
  void keepsArtifactsOfTwoRunsAndPrefersTheNewest() throws IOException {
    try (FolderLock one = workspace.lock("test");
        FolderLock other = besides(one)) {
      URI first = attempt(one, "one");
      URI second = attempt(other, "other");
      StoredArtifact early = workspace.publish(first, WorkspaceTest.manifest("x", Instant.EPOCH));
      StoredArtifact late =
          workspace.publish(second, WorkspaceTest.manifest("x", Instant.EPOCH.plusSeconds(1)));
      assertThat(weights(early)).isEqualTo("one");
      assertThat(weights(late)).isEqualTo("other");
      assertThat(workspace.damage(early)).isEmpty();
      assertThat(workspace.damage(late)).isEmpty();
      String fingerprint = early.manifest().fingerprint();
      assertThat(workspace.artifact("model", fingerprint)).contains(late);
      assertThat(workspace.artifacts("model")).containsExactly(late, early);
      assertThat(workspace.inventory().entries())
          .filteredOn(entry -> entry.kind() == Inventory.Kind.ARTIFACT)
          .extracting(Inventory.Entry::folder, Inventory.Entry::name)
          .containsExactlyInAnyOrder(
              tuple(early.folder(), fingerprint), tuple(late.folder(), fingerprint));
    }
  }

  @Test
  void runsLeaveEachOthersWorkAlone() throws IOException {
    try (FolderLock one = workspace.lock("test");
        FolderLock other = besides(one)) {
      URI attempt = attempt(one, "half");
      URI mine = workspace.unfinished("model", PRINT, one);
      keep(mine, "12 rounds");
      workspace.removeLeftovers(other);
      URI others = workspace.unfinished("model", PRINT, other);
      assertThat(kept(others)).isEmpty();
      keep(others, "3 rounds");
      workspace.removeUnfinished("model", PRINT, other);
      assertThat(kept(others)).isEmpty();
      assertThat(kept(mine)).contains("12 rounds");
      assertThat(workspace.unfinished("model", PRINT, one)).isEqualTo(mine);
      assertThat(workspace.read(attempt, "weights")).contains("half");
    }
  }

  @Test
  void takesOverUnfinishedWorkOfExpiredLease() throws IOException {
    FolderLock dead = workspace.lock("test");
    URI attempt = attempt(dead, "half");
    URI left = workspace.unfinished("model", PRINT, dead);
    keep(left, "12 rounds");
    Files.delete(leaseOf(dead));
    try (FolderLock next = workspace.lock("test")) {
      workspace.removeLeftovers(next);
      assertThat(workspace.read(attempt, "weights")).isEmpty();
      assertThat(workspace.hasUnfinished("model", PRINT)).isTrue();
      URI mine = workspace.unfinished("model", PRINT, next);
      assertThat(mine).isNotEqualTo(left);
      assertThat(kept(mine)).contains("12 rounds");
      assertThatThrownBy(dead::ensureHeld).isInstanceOf(CannotException.class);
      workspace.removeUnfinished("model", PRINT, next);
      assertThat(workspace.hasUnfinished("model", PRINT)).isFalse();
    }
    dead.close();
  }
}
