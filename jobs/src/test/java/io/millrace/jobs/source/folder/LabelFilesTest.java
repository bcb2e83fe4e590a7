package io.millrace.jobs.source.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.IgnoredFiles;
import io.millrace.jobs.source.Recognition;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several files of labels, and those that lie beside their pictures. */
@Timeout(60)
class LabelFilesTest {
  @TempDir Path temp;
  private GivenFolder given;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    given = GivenFolder.in(temp);
    root = given.root();
  }

  @Test
  void takesPathsBesideTheFileAndSplitFromItsFolder() throws Exception {
    given.pictures("train/0.png", "train/1.png", "test/0.png");
    given.text("train/metadata.csv", "file_name,label\n0.png,cat\n1.png,dog\n");
    given.text("test/metadata.csv", "file_name,label\n0.png,dog\n1.png,cat\n");
    Ingests.Found found = list("train/metadata.csv", "test/metadata.csv");
    assertThat(told(found))
        .containsExactly("train/0.png TRAIN cat", "train/1.png TRAIN dog", "test/0.png TEST dog");
    assertThat(found.rejects())
        .as("the picture of the same name in train is not taken for it")
        .extracting(reject -> reject.id() + ": " + reject.reason())
        .containsExactly("1.png: named in the CSV file, but there is no such file");
    assertThat(found.leftOut()).isZero();
  }

  @Test
  void takesSplitsFromFileNames() throws Exception {
    given.pictures("images/a.jpg", "images/b.jpg", "images/c.jpg");
    given.text("train_labels.csv", "id,label\na,cat\n");
    given.text("Valid.csv", "id,label\nb,dog\n");
    given.text("test.csv", "id,label\nc,dog\n");
    assertThat(told(list("train_labels.csv", "Valid.csv", "test.csv")))
        .containsExactly("images/a.jpg TRAIN cat", "images/b.jpg VAL dog", "images/c.jpg TEST dog");
  }

  @Test
  void refusesFileInTwoSplitsAndNamesBothLines() throws Exception {
    given.pictures("a.jpg", "b.jpg");
    given.text("train.csv", "id,label\na,cat\nb,dog\n");
    given.text("test.csv", "id,label\nb,dog\n");
    assertThatThrownBy(() -> list("train.csv", "test.csv"))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(
            "test.csv: line 3 of train.csv and its line 2 give b different splits, train and test");
  }

  @Test
  void readsJsonLinesAsCsv() throws Exception {
    given.pictures("a.jpg", "b.jpg");
    given.text(
        "metadata.jsonl",
        """
        {"file_name": "a.jpg", "label": 3, "box": [1, 2]}

        {"label": "x, y", "file_name": "b.jpg"}
        """);
    Ingests.Found found = list("metadata.jsonl");
    assertThat(told(found)).containsExactly("a.jpg TRAIN 3", "b.jpg TRAIN x, y");
    assertThat(found.contents().notices())
        .containsExactly("Of metadata.jsonl these columns are not read: box.");
    given.text("metadata.jsonl", "{\"file_name\": \"a.jpg\"}\nwords\n");
    assertThatThrownBy(() -> list("metadata.jsonl"))
        .hasMessageContaining("metadata.jsonl: its line 2 is not a JSON object");
    given.text("metadata.jsonl", "null\n");
    assertThatThrownBy(() -> list("metadata.jsonl"))
        .hasMessageContaining("metadata.jsonl: its line 1 is not a JSON object");
  }

  @Test
  void rejectsMissingFilesOfEachLabelFile() throws Exception {
    given.pictures("train/0.png", "test/0.png");
    given.text("train/metadata.csv", "file_name,label\n0.png,cat\n1.png,dog\n");
    given.text("test/metadata.csv", "file_name,label\n0.png,cat\n1.png,dog\n");
    Ingests.Found found = list("train/metadata.csv", "test/metadata.csv");
    assertThat(found.rejects()).extracting(reject -> reject.id()).containsExactly("1.png", "1.png");
  }

  @Test
  void rejectsUnreadablePictureOnceWithReason() throws Exception {
    given.pictures("train/0.png");
    Files.createSymbolicLink(root.resolve("train/1.png"), root.resolve("gone.png"));
    given.text("train/metadata.csv", "file_name,label\n0.png,cat\n1.png,dog\n");
    Ingests.Found found = list("train/metadata.csv");
    assertThat(found.rejects())
        .extracting(reject -> reject.reason())
        .singleElement()
        .asString()
        .doesNotContain("there is no such file");
    assertThat(found.leftOut()).isZero();
  }

  @Test
  void findsFilesByPathsWithoutExtension() throws Exception {
    given.pictures("a/1.jpg", "b/1.jpg");
    given.text("labels.csv", "image,label\na/1,cat\nb/1,dog\n");
    assertThat(told(list("labels.csv"))).containsExactly("a/1.jpg TRAIN cat", "b/1.jpg TRAIN dog");
  }

  @Test
  void takesColumnOfPathsWhoseCellsNameFiles() throws Exception {
    given.pictures("a.jpg", "b.jpg");
    given.text("labels.csv", "number,photo,species\n1,a.jpg,cat\n2,b.jpg,dog\n");
    assertThat(told(list("labels.csv"))).containsExactly("a.jpg TRAIN cat", "b.jpg TRAIN dog");
  }

  @Test
  void doesNotCountTextFilesAsLeftOutPictures() throws Exception {
    given.pictures("a.jpg", "b.jpg", "c");
    given.text("notes.txt", "words");
    given.text("sample_submission.csv", "id,label\nb,0\n");
    given.text("labels.csv", "id,label\na,cat\n");
    Ingests.Found found = list("labels.csv");
    assertThat(found.leftOut()).isEqualTo(2);
    assertThat(found.ignoredFiles().groups().get(IgnoredFiles.Kind.BESIDE))
        .isEqualTo(new IgnoredFiles.Group(2, "notes.txt"));
  }

  @Test
  void givesNoticeOfFoldersNamedLikeSplits() throws Exception {
    given.pictures("train/a.jpg", "test/b.jpg");
    given.text("labels.csv", "path,label\ntrain/a.jpg,cat\ntest/b.jpg,dog\n");
    assertThat(list("labels.csv").contents().notices())
        .containsExactly(
            "labels.csv names files in folders of test, but has no column of splits: all of them"
                + " are taken as train.");
  }

  @Test
  void givesNoticeOfCellsWithSeveralLabels() throws Exception {
    given.pictures("a.jpg", "b.jpg");
    given.text("labels.csv", "path,label\na.jpg,Mass\nb.jpg,Mass|Edema\n");
    assertThat(list("labels.csv").contents().notices())
        .containsExactly(
            "Labels such as 'Mass|Edema' look like several labels; each combination is a class of"
                + " its own.");
    given.text("labels.csv", "path,label\na.jpg,\"crane, bird\"\nb.jpg,\"pug, dog\"\n");
    assertThat(list("labels.csv").contents().notices()).isEmpty();
  }

  private Ingests.Found list(String... csvs) throws IOException {
    List<String> places = new ArrayList<>();
    for (String csv : csvs) {
      places.add(root.resolve(csv).toString());
    }
    return given.list("source.labels.csv=" + Recognition.list(places));
  }

  private static List<String> told(Ingests.Found found) {
    List<String> names = found.contents().classes().names();
    return found.entries().stream()
        .map(it -> it.id() + " " + it.split() + " " + names.get(it.label()))
        .collect(Collectors.toList());
  }
}
