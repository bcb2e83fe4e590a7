package io.millrace.jobs.source.folder;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.source.Entry;
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
import org.junit.jupiter.params.provider.CsvSource;

/** Folders as people have them; what is called labels.csv is in {@link FolderCsvTest}. */
@Timeout(60)
class FolderListingTest {
  @TempDir Path temp;
  private GivenFolder given;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    given = GivenFolder.in(temp);
    root = given.root();
  }

  @Test
  void topFoldersAreClassesAndNestedOnesAreNot() throws Exception {
    given.pictures("dog/a.jpg", "cat/deep/er/b.jpg", "cat/a.jpg");
    Files.createDirectory(root.resolve("emu"));
    Ingests.Found found = given.list();

    assertThat(found.contents().classes().names()).containsExactly("cat", "dog", "emu");
    assertThat(GivenFolder.told(found))
        .containsOnly(
            Map.entry("cat/a.jpg", "TRAIN cat"),
            Map.entry("cat/deep/er/b.jpg", "TRAIN cat"),
            Map.entry("dog/a.jpg", "TRAIN dog"));
  }

  @Test
  void splitFoldersShareTheirClasses() throws Exception {
    given.pictures("train/cat/a.jpg", "validation/dog/a.jpg", "test/a.jpg", "stray.jpg");
    file(root.resolve("readme.txt"), new byte[9]);
    file(root.resolve("notes/todo.txt"), new byte[9]);
    Ingests.Found found = given.list("source.split=train");

    assertThat(GivenFolder.told(found))
        .containsOnly(
            Map.entry("train/cat/a.jpg", "TRAIN cat"),
            Map.entry("validation/dog/a.jpg", "VAL dog"),
            Map.entry("test/a.jpg", "TEST none"));
    assertThat(found.ignoredFiles().groups())
        .containsOnly(Map.entry(IgnoredFiles.Kind.BESIDE, new IgnoredFiles.Group(2, "notes")));
    assertThat(found.rejects())
        .extracting(reject -> reject.id() + ": " + reject.reason())
        .containsExactly("stray.jpg: beside test, train and validation");
  }

  @Test
  void picturesWithoutFoldersHaveNoClassAndTheGivenSplit() throws Exception {
    given.pictures("b.jpg", "a.jpg");
    assertThat(GivenFolder.told(given.list("source.split=val")))
        .containsExactly(Map.entry("a.jpg", "VAL none"), Map.entry("b.jpg", "VAL none"));
    assertThat(given.list().contents().classes().names()).isEmpty();
  }

  @Test
  void reportsFileBesideTheClassesOfASplit() throws Exception {
    given.pictures("train/cat/a.jpg", "train/stray.jpg");
    assertThat(GivenFolder.told(given.list())).containsOnlyKeys("train/cat/a.jpg");
    assertThat(given.list().rejects())
        .extracting(Reject::id, Reject::reason)
        .containsExactly(tuple("train/stray.jpg", "in no class's folder"));
  }

  @Test
  void readsUnusualNamesUnchanged() throws Exception {
    String[] names = {
      "\u732b/\u56fe \u7247.jpg",
      "c%20t/50%25+1.jpg",
      "c%20t/a b?c#d&e=f.jpg",
      "c%20t/[x]{y}*$'\"\\.jpg",
      "c%20t/\ud83d\ude00.jpg"
    };
    given.pictures(names);
    Ingests.Found found = given.list();

    assertThat(found.rejects()).isEmpty();
    assertThat(found.contents().classes().names()).containsExactly("c%20t", "\u732b");
    assertThat(GivenFolder.told(found)).containsOnlyKeys(names);
    for (Entry entry : found.entries()) {
      assertThat(Path.of(entry.file())).isEqualTo(root.resolve(entry.id()));
    }
  }

  @Test
  void readsSourceFolderWithUnusualName() throws Exception {
    for (String name : List.of("50%25 +\u732b", "a#b?c")) {
      Path odd = temp.resolve(name);
      file(odd.resolve("cat/a.jpg"), jpeg(1));
      assertThat(GivenFolder.told(given.listAt(odd))).as(name).containsOnlyKeys("cat/a.jpg");
    }
  }

  @Test
  void takesClassNamedLikeASplitWithNotice() throws Exception {
    given.pictures("bus/a.jpg", "car/b.jpg", "train/c.jpg");
    Ingests.Found found = given.list();
    assertThat(GivenFolder.told(found)).containsEntry("train/c.jpg", "TRAIN train").hasSize(3);
    assertThat(found.contents().notices())
        .containsExactly(
            "train is taken as a class, since it holds images itself and is beside bus and car.");
  }

  @ParameterizedTest
  @CsvSource({
    "train_images/ test_images/, test_images and train_images are taken as classes",
    "images/ Masks2/, Masks2 and images are taken as classes",
    "cars_train/ cars_test/, cars_test and cars_train are taken as classes",
    "val_256/ data_standard/, val_256 is taken as a class",
    "rose/ tulip/, ''"
  })
  void givesNoticeOfClassesNamedLikePartsOfADataset(String folders, String notice)
      throws Exception {
    for (String folder : folders.split(" ", -1)) {
      given.pictures(folder + "a.jpg");
    }
    List<String> notices = given.list().contents().notices();
    assertThat(notices).hasSize(notice.isEmpty() ? 0 : 1);
    assertThat(notices).allMatch(it -> it.startsWith(notice + ", though named like "));
  }

  @Test
  void refusesFoldersThatMayBeSplitsOrClasses() throws Exception {
    given.pictures("bus/a.jpg", "test/b.jpg", "train/c.jpg");
    assertThatThrownBy(given::list)
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("test and train may be splits or classes: bus")
        .hasMessageContaining("source.leave-out = [bus]");
  }

  @Test
  void linksToParentFoldersRepeatNoPictures() throws Exception {
    given.pictures("cat/a.jpg", "dog/b.jpg");
    Files.createSymbolicLink(root.resolve("cat/here"), root.resolve("cat"));
    Files.createSymbolicLink(root.resolve("cat/again"), root.resolve("cat"));
    Files.createSymbolicLink(root.resolve("cat/up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("loop"), root);
    Ingests.Found found = given.list();

    assertThat(GivenFolder.told(found))
        .containsOnly(Map.entry("cat/a.jpg", "TRAIN cat"), Map.entry("dog/b.jpg", "TRAIN dog"));
    assertThat(found.contents().classes().names()).containsExactly("cat", "dog");
    assertThat(found.rejects())
        .extracting(Reject::id)
        .containsExactlyInAnyOrder("cat/here", "cat/again", "cat/up", "loop");
  }

  @Test
  void followsCyclicLinksOnce() throws Exception {
    given.pictures("cat/a.jpg");
    file(temp.resolve("else/b.jpg"), jpeg(2));
    Files.createSymbolicLink(root.resolve("cat/else"), temp.resolve("else"));
    Files.createSymbolicLink(temp.resolve("else/cat"), root.resolve("cat"));
    Ingests.Found found = given.list();

    assertThat(GivenFolder.told(found)).containsOnlyKeys("cat/a.jpg", "cat/else/b.jpg");
    assertThat(found.rejects()).extracting(Reject::id).containsExactly("cat/else/cat");
  }
}
