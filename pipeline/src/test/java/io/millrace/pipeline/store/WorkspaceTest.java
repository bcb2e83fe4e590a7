package io.millrace.pipeline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  @TempDir Path folder;
  private Path root;
  private Workspace workspace;
  private FolderLock lock;

  @BeforeEach
  void open() {
    root = folder.resolve("work ü");
    workspace = Workspace.open(root.toString());
  }

  private FolderLock lock() {
    if (lock == null) {
      lock = workspace.lock("test");
    }
    return lock;
  }

  @AfterEach
  void unlock() {
    if (lock != null) {
      lock.close();
    }
  }

  static ArtifactManifest manifest(String fingerprintOf, Instant created) {
    TreeMap<String, Object> parameters = new TreeMap<>();
    parameters.put("text", fingerprintOf);
    parameters.put("schedule", new TreeMap<>(Map.of("lr", 0.1, "epochs", 5L)));
    TreeMap<String, Input> inputs = new TreeMap<>(Map.of("shards", new Input("@shards/a", "12")));
    Identity identity = new Identity("train", 3, parameters, inputs, new TreeMap<>());
    return new ArtifactManifest(
        "model",
        identity,
        identity.fingerprint(),
        "d1",
        Map.of("accuracy", 0.5, "classes", List.of("a", "b")),
        "accuracy 50 %",
        created,
        1.5,
        "millrace run x.conf --only model",
        List.of());
  }

  private StoredArtifact publish(String text, Instant created) throws IOException {
    URI attempt = workspace.newAttempt("model", lock());
    Files.writeString(Path.of(attempt).resolve("part 0.bin"), text);
    return workspace.publish(attempt, manifest(text, created));
  }

  @Test
  void openingCreatesNoFiles() {
    assertThat(workspace.artifacts("model")).isEmpty();
    assertThat(workspace.stages()).isEmpty();
    assertThat(workspace.runs()).isEmpty();
    assertThat(workspace.spaceFree()).isPresent();
    assertThat(root).doesNotExist();
  }

  @Test
  void readsPublishedArtifactBack() throws IOException {
    StoredArtifact made = publish("hello", Instant.parse("2026-11-20T10:00:00Z"));
    assertThat(made.manifest().files()).containsExactly(new StoredFile("part 0.bin", 5));
    assertThat(workspace.artifact("model", made.manifest().fingerprint())).contains(made);
    assertThat(Workspace.artifactAt(made.folder().toString())).contains(made);
    assertThat(Workspace.artifactAt(Path.of(made.folder()).toString())).contains(made);
    assertThat(made.manifest().identity().fingerprint()).isEqualTo(made.manifest().fingerprint());
    assertThat(workspace.damage(made)).isEmpty();
    assertThat(root.resolve("attempts/model")).isEmptyDirectory();
  }

  @Test
  void publishingAgainReplacesTheOldArtifact() throws IOException {
    StoredArtifact first = publish("hello", Instant.EPOCH);
    Files.writeString(Path.of(first.folder()).resolve("stale"), "x");
    StoredArtifact second = publish("hello", Instant.EPOCH.plusSeconds(1));
    assertThat(second.folder()).isEqualTo(first.folder());
    assertThat(Path.of(second.folder()).resolve("stale")).doesNotExist();
    assertThat(workspace.artifacts("model")).containsExactly(second);
  }

  @Test
  void ignoresAndReplacesFolderWithoutManifest() throws IOException {
    StoredArtifact made = publish("hello", Instant.EPOCH);
    Files.delete(Path.of(made.folder()).resolve(ArtifactManifest.FILE));
    assertThat(workspace.artifacts("model")).isEmpty();
    assertThat(publish("hello", Instant.EPOCH)).isEqualTo(made);
  }

  @Test
  void listsArtifactsNewestFirst() throws IOException {
    StoredArtifact old = publish("a", Instant.EPOCH);
    StoredArtifact newest = publish("b", Instant.EPOCH.plusSeconds(9));
    assertThat(workspace.artifacts("model")).containsExactly(newest, old);
    assertThat(workspace.stages()).containsExactly("model");
  }

  @Test
  void damageNamesTheFile() throws IOException {
    StoredArtifact made = publish("hello", Instant.EPOCH);
    Path file = Path.of(made.folder()).resolve("part 0.bin");
    Files.writeString(file, "he");
    assertThat(workspace.damage(made)).contains("part 0.bin has 2 bytes, not 5");
    Files.delete(file);
    assertThat(workspace.damage(made)).contains("part 0.bin is missing");
  }

  @Test
  void refusesStageNamesThatLeaveTheWorkspace() {
    for (String name : List.of("..", "a/b", "", ".hidden", "a\\b")) {
      assertThatThrownBy(() -> workspace.unfinished(name, "f", lock()))
          .isInstanceOf(CannotException.class);
    }
  }

  @Test
  void runFoldersOfTheSameInstantDiffer() {
    URI first = workspace.newRunFolder(Instant.EPOCH);
    URI second = workspace.newRunFolder(Instant.EPOCH);
    assertThat(second).isNotEqualTo(first);
    assertThat(workspace.runs()).containsExactly(second, first);
  }

  @Test
  void removalDoesNotFollowLinks() throws IOException {
    Path users = Files.createDirectory(folder.resolve("users"));
    Files.writeString(users.resolve("picture.jpg"), "x");
    Path attempt = Path.of(workspace.newAttempt("model", lock()));
    Files.createSymbolicLink(attempt.resolve("link"), users);
    workspace.removeLeftovers(lock());
    assertThat(root.resolve("attempts")).doesNotExist();
    assertThat(users.resolve("picture.jpg")).exists();
  }

  @Test
  void publicationWritesNoExtraFiles() throws IOException {
    publish("hello", Instant.EPOCH);
    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all.filter(Files::isRegularFile).map(p -> p.getFileName().toString()))
          .filteredOn(name -> !name.startsWith(".lock"))
          .containsExactlyInAnyOrder("part 0.bin", ArtifactManifest.FILE);
    }
  }

  @Test
  void refusesFileInPlaceOfTheWorkspace() throws IOException {
    Files.writeString(root, "x");
    assertThatThrownBy(() -> workspace.lock("run in " + root))
        .hasMessage("Cannot use the workspace %s: it is a file; choose another place", root);
  }
}
