package io.millrace.jobs.source.folder;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.source.ImagesBesideException;
import io.millrace.jobs.source.Source;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as people have them; what is called labels.csv is in {@link FolderCsvTest}. */
@Timeout(60)
class FolderListingTest {
  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    root = Files.createDirectory(temp.resolve("given"));
  }

  @Test
  void foldersAreClassesAndNestingAddsNone() throws Exception {
    pictures("dog/a.jpg", "cat/deep/er/b.jpg", "cat/a.jpg");
    Files.createDirectory(root.resolve("emu"));
    Ingests.Found found = list();

    assertThat(found.contents().classes().names()).containsExactly("cat", "dog", "emu");
    assertThat(told(found))
        .containsOnly(
            Map.entry("cat/a.jpg", "TRAIN cat"),
            Map.entry("cat/deep/er/b.jpg", "TRAIN cat"),
            Map.entry("dog/a.jpg", "TRAIN dog"));
  }

  @Test
  void splitFoldersShareTheirClasses() throws Exception {
    pictures("train/cat/a.jpg", "validation/dog/a.jpg", "test/a.jpg", "stray.jpg");
    file(root.resolve("readme.txt"), new byte[9]);
    file(root.resolve("notes/todo.txt"), new byte[9]);
    Ingests.Found found = list("source.split=train");

    assertThat(told(found))
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
  void picturesAloneHaveNoClassAndTheConfiguredSplit() throws Exception {
    pictures("b.jpg", "a.jpg");
    assertThat(told(list("source.split=val")))
        .containsExactly(Map.entry("a.jpg", "VAL none"), Map.entry("b.jpg", "VAL none"));
    assertThat(list().contents().classes().names()).isEmpty();
  }

  @Test
  void aFileInASplitsFolderBesideItsClassesIsReported() throws Exception {
    pictures("train/cat/a.jpg", "train/stray.jpg");
    assertThat(told(list())).containsOnlyKeys("train/cat/a.jpg");
    assertThat(list().rejects())
        .extracting(Reject::id, Reject::reason)
        .containsExactly(tuple("train/stray.jpg", "in no class's folder"));
  }

  @Test
  void namesOfAllKindsAreReadAsTheyAre() throws Exception {
    String[] names = {
      "\u732b/\u56fe \u7247.jpg",
      "c%20t/50%25+1.jpg",
      "c%20t/a b?c#d&e=f.jpg",
      "c%20t/[x]{y}*$'\"\\.jpg",
      "c%20t/\ud83d\ude00.jpg"
    };
    pictures(names);
    Ingests.Found found = list();

    assertThat(found.rejects()).isEmpty();
    assertThat(found.contents().classes().names()).containsExactly("c%20t", "\u732b");
    assertThat(told(found)).containsOnlyKeys(names);
    for (Entry entry : found.entries()) {
      assertThat(Path.of(entry.file())).isEqualTo(root.resolve(entry.id()));
    }
  }

  @Test
  void aFolderWhoseOwnNameIsOddIsRead() throws Exception {
    for (String name : List.of("50%25 +\u732b", "a#b?c")) {
      Path odd = temp.resolve(name);
      file(odd.resolve("cat/a.jpg"), jpeg(1));
      assertThat(told(listAt(odd))).as(name).containsOnlyKeys("cat/a.jpg");
    }
  }

  @Test
  void whatIsNoReadableFileIsARejectEach() throws Exception {
    pictures("cat/a.jpg", "cat/12:30.jpg");
    Files.createSymbolicLink(root.resolve("cat/broken.jpg"), Path.of("nowhere"));
    Files.createSymbolicLink(root.resolve("cat/good.jpg"), root.resolve("cat/a.jpg"));
    pipe(root.resolve("cat/pipe.jpg"));
    file(root.resolve("cat/empty.jpg"), new byte[0]);
    Ingests.Found found = list();

    // An empty file is found out when it is decoded.
    assertThat(told(found)).containsOnlyKeys("cat/a.jpg", "cat/empty.jpg", "cat/good.jpg");
    assertThat(found.rejects())
        .extracting(reject -> reject.id() + ": " + reject.reason())
        .containsExactlyInAnyOrder(
            "cat/12:30.jpg: a name with a colon, which Hadoop's file systems refuse",
            "cat/broken.jpg: a link to nothing, or to what is closed to this user",
            "cat/pipe.jpg: neither a file nor a folder");
  }

  @Test
  void aClassFolderWithAColonFailsTheStageUnlessItIsLeftOut() throws Exception {
    pictures("cat/a.jpg", "12:30/a.jpg", "12:30/b.jpg");
    assertThatThrownBy(this::list)
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("12:30: it is a folder with a colon in its name")
        .hasMessageContaining("source.leave-out = [12:30]");
    Ingests.Found found = list("source.leave-out=[\"12:30\"]");
    assertThat(told(found)).containsOnlyKeys("cat/a.jpg");
    assertThat(found.leftOut()).isEqualTo(1);
  }

  @Test
  void whatSystemsLeaveBehindIsIgnoredWhereverItIs() throws Exception {
    pictures(
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
    Ingests.Found found = list();
    assertThat(told(found)).containsOnlyKeys("cat/a.jpg", "dog/b.jpg");
    assertThat(found.contents().classes().names()).containsExactly("cat", "dog");
    assertThat(found.rejects()).isEmpty();
    assertThat(found.ignoredFiles().groups())
        .containsOnly(Map.entry(IgnoredFiles.Kind.SYSTEM, new IgnoredFiles.Group(8, ".DS_Store")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "test/", "train/cat/"})
  void whatIsPassedOverIsCountedOnce(String where) throws Exception {
    pictures(where + "a.jpg", where + "b.jpg", where + "no.jpg", where + ".git/x.jpg");
    file(root.resolve(where + "Thumbs.db"), new byte[10]);
    String leaveOut = "source.leave-out=[\"" + where + "no.jpg\"]";
    for (Ingests.Found found :
        List.of(list(leaveOut), list(leaveOut, "source.labels.from-name=^(a|b)"))) {
      assertThat(told(found)).containsOnlyKeys(where + "a.jpg", where + "b.jpg");
      assertThat(found.ignored()).isEqualTo(2);
      assertThat(found.leftOut()).isEqualTo(1);
    }
  }

  @Test
  void picturesBesideTheSplitsFailTheStageUnlessTheyAreLeftOut() throws Exception {
    pictures("train/cat/a.jpg", "val/cat/b.jpg", "extra/cat/c.jpg", "extra/cat/d.jpg");
    assertThatThrownBy(this::list)
        .isInstanceOf(ImagesBesideException.class)
        .hasMessageEndingWith(
            "there are images in extra/, which is beside train and val; move it, or leave it out"
                + " with source.leave-out = [extra]");
    Ingests.Found found = list("source.leave-out=[extra]");
    assertThat(told(found)).containsOnlyKeys("train/cat/a.jpg", "val/cat/b.jpg");
    assertThat(found.leftOut()).isEqualTo(2);
    Ingests.Found deeper = list("source.leave-out=[extra, train/cat/a.jpg]");
    assertThat(told(deeper)).containsOnlyKeys("val/cat/b.jpg");
    assertThat(deeper.leftOut()).isEqualTo(3);
  }

  @Test
  void whatIsLeftOutMustBeThere() throws Exception {
    pictures("cat/a.jpg");
    assertThatThrownBy(() -> list("source.leave-out=[extras]"))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot leave out 'extras': there is no such file or folder in ");
  }

  @Test
  void aClassMayBeNamedLikeASplit() throws Exception {
    pictures("bus/a.jpg", "car/b.jpg", "train/c.jpg");
    Ingests.Found found = list();
    assertThat(told(found)).containsEntry("train/c.jpg", "TRAIN train").hasSize(3);
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
  void foldersThatAreNamedLikePartsOfADatasetAreNotTakenAsClassesInSilence(
      String folders, String notice) throws Exception {
    for (String folder : folders.split(" ", -1)) {
      pictures(folder + "a.jpg");
    }
    List<String> notices = list().contents().notices();
    assertThat(notices).hasSize(notice.isEmpty() ? 0 : 1);
    assertThat(notices).allMatch(it -> it.startsWith(notice + ", though named like "));
  }

  @Test
  void whatMayBeASplitOrAClassIsRefused() throws Exception {
    pictures("bus/a.jpg", "test/b.jpg", "train/c.jpg");
    assertThatThrownBy(this::list)
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("test and train may be splits or classes: bus")
        .hasMessageContaining("source.leave-out = [bus]");
  }

  @Test
  void aWorkspaceOfMillraceIsIgnored() throws Exception {
    pictures("cat/a.jpg", "dog/b.jpg");
    file(root.resolve("work/x/runs/2026-11-30T12-00-00.000Z/picture.png"), jpeg(4));
    file(root.resolve("work/x/attempts/shards/1/y.jpg"), jpeg(3));
    Ingests.Found found = list("source.leave-out=[work]");
    assertThat(told(found)).containsOnlyKeys("cat/a.jpg", "dog/b.jpg");
    Files.move(root.resolve("work/x"), root.resolve("cat/x"));
    Files.delete(root.resolve("work"));
    found = list();
    assertThat(told(found)).containsOnlyKeys("cat/a.jpg", "dog/b.jpg");
    assertThat(found.ignoredFiles().groups()).containsOnlyKeys(IgnoredFiles.Kind.MILLRACE);
  }

  @Test
  void aLinkToAFolderAboveGivesNoPictureTwice() throws Exception {
    pictures("cat/a.jpg", "dog/b.jpg");
    Files.createSymbolicLink(root.resolve("cat/here"), root.resolve("cat"));
    Files.createSymbolicLink(root.resolve("cat/again"), root.resolve("cat"));
    Files.createSymbolicLink(root.resolve("cat/up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("loop"), root);
    Ingests.Found found = list();

    assertThat(told(found))
        .containsOnly(Map.entry("cat/a.jpg", "TRAIN cat"), Map.entry("dog/b.jpg", "TRAIN dog"));
    assertThat(found.contents().classes().names()).containsExactly("cat", "dog");
    assertThat(found.rejects())
        .extracting(Reject::id)
        .containsExactlyInAnyOrder("cat/here", "cat/again", "cat/up", "loop");
  }

  @Test
  void linksThatLeadToEachOtherEnd() throws Exception {
    pictures("cat/a.jpg");
    file(temp.resolve("else/b.jpg"), jpeg(2));
    Files.createSymbolicLink(root.resolve("cat/else"), temp.resolve("else"));
    Files.createSymbolicLink(temp.resolve("else/cat"), root.resolve("cat"));
    Ingests.Found found = list();

    assertThat(told(found)).containsOnlyKeys("cat/a.jpg", "cat/else/b.jpg");
    assertThat(found.rejects()).extracting(Reject::id).containsExactly("cat/else/cat");
  }

  @Test
  void hiddenFoldersAreIgnored() throws Exception {
    pictures("cat/a.jpg", ".git/b.jpg", ".cache/c.jpg");
    assertThat(told(list())).containsOnlyKeys("cat/a.jpg");
    assertThat(list().ignored()).isEqualTo(2);
  }

  @Test
  void namesTellClasses() throws Exception {
    pictures("train/cat.1.jpg", "train/dog.1.jpg", "train/1.jpg", "test1/1.jpg", "test1/2.jpg");
    Ingests.Found found = list("source.labels.from-name=^(cat|dog)");

    assertThat(found.contents().classes().names()).containsExactly("cat", "dog");
    assertThat(told(found))
        .containsOnly(
            Map.entry("train/cat.1.jpg", "TRAIN cat"),
            Map.entry("train/dog.1.jpg", "TRAIN dog"),
            Map.entry("test1/1.jpg", "TEST none"),
            Map.entry("test1/2.jpg", "TEST none"));
    assertThat(found.rejects())
        .extracting(reject -> reject.id() + ": " + reject.reason())
        .containsExactly("train/1.jpg: a name that tells no class");
  }

  @Test
  void aNameWithoutAGroupIsItsWholeMatchAndAnEmptyGroupIsNone() throws Exception {
    pictures("cat1.jpg", "dog2.jpg");
    assertThat(list("source.labels.from-name=^[a-z]+").contents().classes().names())
        .containsExactly("cat", "dog");
    Ingests.Found found = list("source.labels.from-name=^(cat)?");
    assertThat(told(found)).containsOnlyKeys("cat1.jpg");
    assertThat(found.rejects()).extracting(Reject::id).containsExactly("dog2.jpg");
  }

  @Test
  void anExpressionThatMatchesNothingIsRefused() throws Exception {
    pictures("cat1.jpg");
    refused(() -> list("source.labels.from-name=^emu"), "matches from-name = '^emu'");
  }

  @Test
  void anEmptyFolderIsNotBlamedOnTheExpression() throws Exception {
    assertThat(list("source.labels.from-name=^emu").entries()).isEmpty();
  }

  @Test
  void aBadExpressionIsAConfigurationProblem() {
    assertThatThrownBy(() -> list("source.labels.from-name=(cat"))
        .hasMessageContaining("from-name is no regular expression: Unclosed group");
  }

  @Test
  void aFileIsRefused() throws Exception {
    Path alone = file(temp.resolve("a.jpg"), jpeg(1));
    for (String labels : List.of("source.split=train", "source.labels.from-name=a")) {
      refused(() -> listAt(alone, labels), alone + ": it is a file, and format = folder takes");
    }
  }

  private static void refused(ThrowingCallable doing, String why) {
    assertThatThrownBy(doing).isInstanceOf(CannotException.class).hasMessageContaining(why);
  }

  private void pictures(String... names) throws IOException {
    for (String name : names) {
      file(root.resolve(name), jpeg(name.hashCode()));
    }
  }

  private static void pipe(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }

  private Ingests.Found list(String... more) throws IOException {
    return listAt(root, more);
  }

  private Ingests.Found listAt(Path path, String... more) throws IOException {
    List<String> pairs = new ArrayList<>(List.of("source.format=folder", "source.path=" + path));
    pairs.addAll(List.of(more));
    Source source = Ingests.parameters(pairs.toArray(String[]::new)).source();
    return Ingests.list(source, temp.resolve("inflated"));
  }

  private static Map<String, String> told(Ingests.Found found) {
    Map<String, String> told = new LinkedHashMap<>();
    List<String> names = found.contents().classes().names();
    for (Entry entry : found.entries()) {
      String label = entry.label() < 0 ? "none" : names.get(entry.label());
      assertThat(told.put(entry.id(), entry.split() + " " + label)).isNull();
    }
    return told;
  }
}
