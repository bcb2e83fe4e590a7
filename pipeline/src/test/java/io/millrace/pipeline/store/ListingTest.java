package io.millrace.pipeline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {
  @TempDir Path folder;
  private Path source;

  @BeforeEach
  void makeSource() throws IOException {
    source = Files.createDirectories(folder.resolve("source"));
    Files.createDirectories(source.resolve("train"));
    Files.writeString(source.resolve("train/b.bin"), "bbbb");
    Files.writeString(source.resolve("a.bin"), "aaa");
  }

  private Listing look(boolean content) {
    return Listing.of(source.toString(), content, Optional.empty(), Map.of());
  }

  @Test
  void listsFilesAndFoldersSorted() {
    Listing listing = look(false);
    assertThat(listing.entries())
        .extracting(Listing.Entry::path)
        .containsExactly("a.bin", "train/", "train/b.bin");
    assertThat(listing.files()).isEqualTo(2);
    assertThat(listing.bytes()).isEqualTo(7);
  }

  @Test
  void digestNoticesChangeOfTheSameLength() throws IOException {
    Listing before = look(false);
    Path file = source.resolve("a.bin");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "axa");
    Files.setLastModifiedTime(file, FileTime.from(time.toInstant().plusNanos(1000)));
    assertThat(look(false).digest()).isNotEqualTo(before.digest());
  }

  @Test
  void contentDigestNoticesChangeWithUnchangedTime() throws IOException {
    Listing listing = look(false);
    Listing content = look(true);
    Path file = source.resolve("a.bin");
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "axa");
    Files.setLastModifiedTime(file, time);
    assertThat(look(false).digest()).isEqualTo(listing.digest());
    assertThat(look(true).digest()).isNotEqualTo(content.digest());
  }

  @Test
  void contentDigestIgnoresTimeAndPath() throws IOException {
    Listing before = look(true);
    Files.setLastModifiedTime(source.resolve("a.bin"), FileTime.fromMillis(1));
    Files.move(source, folder.resolve("elsewhere"));
    source = folder.resolve("elsewhere");
    assertThat(look(true).digest()).isEqualTo(before.digest());
  }

  @Test
  void digestNoticesEmptyFolder() throws IOException {
    Listing before = look(false);
    Files.createDirectory(source.resolve("n0000"));
    assertThat(look(false).digest()).isNotEqualTo(before.digest());
  }

  @Test
  void listsSingleFileByName() {
    Listing listing =
        Listing.of(source.resolve("a.bin").toString(), false, Optional.empty(), Map.of());
    assertThat(listing.entries()).extracting(Listing.Entry::path).containsExactly("a.bin");
  }

  @Test
  void skipsWorkspaceInsideTheSource() throws IOException {
    Listing before = look(false);
    Path workspace = Files.createDirectories(source.resolve("work"));
    Files.writeString(workspace.resolve("x"), "x");
    Listing after =
        Listing.of(source.toString(), false, Optional.of(Places.ofLocal(workspace)), Map.of());
    assertThat(after.digest()).isEqualTo(before.digest());
  }

  @Test
  void ignoresWorkspaceOnAnotherStorage() {
    URI elsewhere = URI.create("hdfs://host" + source.resolve("train"));
    Listing listing = Listing.of(source.toString(), false, Optional.of(elsewhere), Map.of());
    assertThat(listing.entries()).isEqualTo(look(false).entries());
  }

  @Test
  void skipsPageBesideAnArtifact() throws IOException {
    Files.writeString(source.resolve(ArtifactManifest.PAGE), "of a folder of pictures");
    String strange = look(false).digest();
    Files.delete(source.resolve(ArtifactManifest.PAGE));
    assertThat(look(false).digest()).isNotEqualTo(strange);
    Files.writeString(source.resolve(ArtifactManifest.FILE), "{}");
    String before = look(false).digest();
    Files.writeString(source.resolve(ArtifactManifest.PAGE), "of an artifact");
    assertThat(look(false).digest()).isEqualTo(before);
  }

  @Test
  void followsLinksWithoutEndlessLoops() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(data.resolve("ü x%20.bin"), "1");
    Files.createSymbolicLink(source.resolve("link"), data);
    Files.createSymbolicLink(source.resolve("loop"), source);
    assertThat(look(true).entries())
        .extracting(Listing.Entry::path)
        .contains("link/ü x%20.bin", "a.bin");
  }

  @Test
  void namesMissingSource() {
    assertThatThrownBy(() -> Listing.of(folder + "/none", false, Optional.empty(), Map.of()))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot read the source %s/none: there is no file or folder %s/none", folder, folder);
  }
}
