package io.millrace.jobs.source.folder;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.source.ImagesBesideException;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listing of a folder ignores, leaves out and refuses, and never passes over in silence. */
@Timeout(60)
class FolderIgnoredFilesTest {
  @TempDir Path temp;
  private GivenFolder given;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    given = GivenFolder.in(temp);
    root = given.root();
  }

  @Test
  void rejectsEachUnreadableFile() throws Exception {
    given.pictures("cat/a.jpg", "cat/12:30.jpg");
    Files.createSymbolicLink(root.resolve("cat/broken.jpg"), Path.of("nowhere"));
    Files.createSymbolicLink(root.resolve("cat/good.jpg"), root.resolve("cat/a.jpg"));
    pipe(root.resolve("cat/pipe.jpg"));
    file(root.resolve("cat/empty.jpg"), new byte[0]);
    Ingests.Found found = given.list();

    // An empty file is found out when it is decoded.
    assertThat(GivenFolder.told(found))
        .containsOnlyKeys("cat/a.jpg", "cat/empty.jpg", "cat/good.jpg");
    assertThat(found.rejects())
        .extracting(reject -> reject.id() + ": " + reject.reason())
        .containsExactlyInAnyOrder(
            "cat/12:30.jpg: a name with a colon, which Hadoop's file systems refuse",
            "cat/broken.jpg: a link to nothing, or to what is closed to this user",
            "cat/pipe.jpg: neither a file nor a folder");
  }

  @Test
  void refusesClassFolderWithAColonUnlessLeftOut() throws Exception {
    given.pictures("cat/a.jpg", "12:30/a.jpg", "12:30/b.jpg");
    assertThatThrownBy(given::list)
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("12:30: it is a folder with a colon in its name")
        .hasMessageContaining("source.leave-out = [\"12:30\"]");
    Ingests.Found found = given.list("source.leave-out=[\"12:30\"]");
    assertThat(GivenFolder.told(found)).containsOnlyKeys("cat/a.jpg");
    assertThat(found.leftOut()).isEqualTo(1);
  }

  @Test
  void ignoresSystemFilesEverywhere() throws Exception {
    given.pictures(
        "cat/a.jpg",
        "cat/._a.jpg",
        "cat/.ipynb_checkpoints/a-checkpoint.jpg",
        "cat/@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg",
        "__MACOSX/cat/._a.jpg",
        ".thumbnails/x.jpg",
        "dog/b.jpg");
    for (String name : List.of(".DS_Store", "cat/Thumbs.db", "dog/desktop.ini")) {
      file(root.resolve(name), new byte[10]);
    }
    Ingests.Found found = given.list();
    assertThat(GivenFolder.told(found)).containsOnlyKeys("cat/a.jpg", "dog/b.jpg");
    assertThat(found.contents().classes().names()).containsExactly("cat", "dog");
    assertThat(found.rejects()).isEmpty();
    assertThat(found.ignoredFiles().groups())
        .containsOnly(Map.entry(IgnoredFiles.Kind.SYSTEM, new IgnoredFiles.Group(8, ".DS_Store")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "test/", "train/cat/"})
  void countsIgnoredAndLeftOutFilesOnce(String where) throws Exception {
    given.pictures(where + "a.jpg", where + "b.jpg", where + "no.jpg", where + ".git/x.jpg");
    file(root.resolve(where + "Thumbs.db"), new byte[10]);
    String leaveOut = "source.leave-out=[\"" + where + "no.jpg\"]";
    for (Ingests.Found found :
        List.of(given.list(leaveOut), given.list(leaveOut, "source.labels.from-name=^(a|b)"))) {
      assertThat(GivenFolder.told(found)).containsOnlyKeys(where + "a.jpg", where + "b.jpg");
      assertThat(found.ignored()).isEqualTo(2);
      assertThat(found.leftOut()).isEqualTo(1);
    }
  }

  @Test
  void refusesPicturesBesideTheSplitsUnlessLeftOut() throws Exception {
    given.pictures("train/cat/a.jpg", "val/cat/b.jpg", "extra/cat/c.jpg", "extra/cat/d.jpg");
    assertThatThrownBy(given::list)
        .isInstanceOf(ImagesBesideException.class)
        .hasMessageEndingWith(
            "there are images in extra/, which is beside train and val; move it, or leave it out"
                + " with source.leave-out = [extra]");
    Ingests.Found found = given.list("source.leave-out=[extra]");
    assertThat(GivenFolder.told(found)).containsOnlyKeys("train/cat/a.jpg", "val/cat/b.jpg");
    assertThat(found.leftOut()).isEqualTo(2);
    Ingests.Found inside = given.list("source.leave-out=[extra/cat]");
    assertThat(GivenFolder.told(inside)).containsOnlyKeys("train/cat/a.jpg", "val/cat/b.jpg");
    Ingests.Found deeper = given.list("source.leave-out=[extra, train/cat/a.jpg]");
    assertThat(GivenFolder.told(deeper)).containsOnlyKeys("val/cat/b.jpg");
    assertThat(deeper.leftOut()).isEqualTo(3);
  }

  @Test
  void namesUnreadableFolderByItsPathInTheSource() throws Exception {
    given.pictures("train/cat/a.jpg", "val/cat/b.jpg", "extra/12:30/c.jpg");
    assertThatThrownBy(given::list)
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("source.leave-out = [\"extra/12:30\"]");
    assertThat(given.list("source.leave-out=[\"extra/12:30\"]").entries()).hasSize(2);
  }

  @Test
  void rejectsBrokenLinkBesideTheSplits() throws Exception {
    given.pictures("train/cat/a.jpg", "val/cat/b.jpg");
    Files.createSymbolicLink(root.resolve("README.txt"), root.resolve("gone.txt"));
    Ingests.Found found = given.list();
    assertThat(found.entries()).hasSize(2);
    assertThat(found.rejects()).extracting(Reject::id).containsExactly("README.txt");
  }

  @Test
  void refusesToLeaveOutMissingPaths() throws Exception {
    given.pictures("cat/a.jpg");
    assertThatThrownBy(() -> given.list("source.leave-out=[extras]"))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot leave out 'extras': there is no such file or folder in ");
  }

  @Test
  void ignoresWorkspaceOfMillrace() throws Exception {
    given.pictures("cat/a.jpg", "dog/b.jpg");
    file(root.resolve("work/x/runs/2026-11-30T12-00-00.000Z/picture.png"), jpeg(4));
    file(root.resolve("work/x/attempts/shards/1/y.jpg"), jpeg(3));
    Ingests.Found found = given.list("source.leave-out=[work]");
    assertThat(GivenFolder.told(found)).containsOnlyKeys("cat/a.jpg", "dog/b.jpg");
    Files.move(root.resolve("work/x"), root.resolve("cat/x"));
    Files.delete(root.resolve("work"));
    found = given.list();
    assertThat(GivenFolder.told(found)).containsOnlyKeys("cat/a.jpg", "dog/b.jpg");
    assertThat(found.ignoredFiles().groups()).containsOnlyKeys(IgnoredFiles.Kind.MILLRACE);
  }

  @Test
  void ignoresHiddenFolders() throws Exception {
    given.pictures("cat/a.jpg", ".git/b.jpg", ".cache/c.jpg");
    assertThat(GivenFolder.told(given.list())).containsOnlyKeys("cat/a.jpg");
    assertThat(given.list().ignored()).isEqualTo(2);
  }

  private static void pipe(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }
}
