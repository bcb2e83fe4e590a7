package io.millrace.jobs.source.folder;

import static io.millrace.jobs.testing.SmallSources.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.source.Recognition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of labels are found where Kaggle, Hugging Face and others put them. */
@Timeout(60)
class LabelsLookTest {
  @TempDir Path temp;
  private GivenFolder given;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    given = GivenFolder.in(temp);
    root = given.root();
  }

  @Test
  void recognisesKagglesTrainCsvBesideImageFolders() throws Exception {
    given.pictures("train_images/a.jpg", "train_images/b.jpg", "test_images/c.jpg");
    given.text("train.csv", "id_code,diagnosis\na,2\nb,0\n");
    given.text("test.csv", "id_code\nc\n");
    given.text("sample_submission.csv", "id_code,diagnosis\nc,0\n");
    Recognition found = found();
    assertThat(found.keys())
        .containsExactly(
            Map.entry("labels.csv", root + "/train.csv"),
            Map.entry("leave-out", "[\"test_images\"]"));
    assertThat(found.found()).isEqualTo("pictures, labelled by train.csv");
    assertThat(found.choices()).isEmpty();
  }

  @Test
  void recognisesTrainLabelsBesideTrainAndTest() throws Exception {
    given.pictures("train/a.jpg", "train/b.jpg", "test/c.jpg");
    given.text("train_labels.csv", "id,label\na,1\nb,0\n");
    given.text("sample_submission.csv", "id,label\nc,0\n");
    assertThat(found().keys())
        .containsExactly(
            Map.entry("labels.csv", root + "/train_labels.csv"),
            Map.entry("leave-out", "[\"test\"]"));
  }

  @Test
  void recognisesHuggingFaceMetadataInEachSplit() throws Exception {
    given.pictures("train/0.jpg", "train/1.jpg", "test/0.jpg");
    given.text("train/metadata.csv", "file_name,label\n0.jpg,a\n1.jpg,b\n");
    given.text("test/metadata.jsonl", "{\"file_name\": \"0.jpg\", \"label\": \"a\"}\n");
    assertThat(found().keys())
        .containsExactly(
            Map.entry(
                "labels.csv",
                Recognition.list(
                    List.of(root + "/test/metadata.jsonl", root + "/train/metadata.csv"))));
  }

  @Test
  void recognisesMetadataInTheFolderOfPictures() throws Exception {
    given.pictures("0.jpg", "1.jpg");
    given.text("metadata.csv", "file_name,label\n0.jpg,a\n1.jpg,b\n");
    assertThat(found().keys()).containsExactly(Map.entry("labels.csv", root + "/metadata.csv"));
  }

  @Test
  void recognisesALabelFileForEachSplit() throws Exception {
    given.pictures("images/a.jpg", "images/b.jpg", "images/c.jpg");
    given.text("train.csv", "filename,label\na.jpg,cat\n");
    given.text("val.csv", "filename,label\nb.jpg,dog\n");
    given.text("test.csv", "filename,label\nc.jpg,cat\n");
    assertThat(found().found())
        .isEqualTo("pictures, labelled by test.csv and train.csv and val.csv");
  }

  @Test
  void doesNotTakePartsOfAnArchiveAsClasses() throws Exception {
    given.pictures(
        "skin_part_1/a.jpg", "skin_part_1/b.jpg", "skin_part_2/c.jpg", "skin_part_2/d.jpg");
    given.text(
        "meta.csv", "lesion,image_id,dx,age\n1,a,nv,20\n1,b,mel,20\n2,c,nv,30\n2,d,mel,30\n");
    Recognition found = found();
    assertThat(found.keys()).containsExactly(Map.entry("labels.csv", root + "/meta.csv"));
    assertThat(found.choices())
        .containsExactly(
            new Recognition.Choice("", "labels.label-column", "dx", List.of("lesion", "age")));
  }

  @Test
  void prefersClassFoldersAndMentionsTheLabelFile() throws Exception {
    given.pictures("cat/a.jpg", "cat/b.jpg", "dog/c.jpg", "dog/d.jpg");
    given.text("info.csv", "file,label\na.jpg,red\nb.jpg,blue\nc.jpg,red\nd.jpg,blue\n");
    Recognition found = found();
    assertThat(found.keys()).isEmpty();
    assertThat(found.found()).isEqualTo("class folders");
    assertThat(found.choices())
        .extracting(Recognition.Choice::why)
        .containsExactly(
            "Classes are the folders' names; info.csv labels the images differently and is not"
                + " read.");
  }

  @Test
  void prefersLabelFilesThatCoverMoreThanClassFolders() throws Exception {
    given.pictures("Train/0/a.jpg", "Train/1/b.jpg", "Test/c.jpg", "Meta/0.jpg");
    given.text("Train.csv", "Width,ClassId,Path\n9,0,Train/0/a.jpg\n9,1,Train/1/b.jpg\n");
    given.text("Test.csv", "Width,ClassId,Path\n9,1,Test/c.jpg\n");
    assertThat(found().keys())
        .containsEntry(
            "labels.csv", Recognition.list(List.of(root + "/Test.csv", root + "/Train.csv")))
        .containsEntry("leave-out", "[\"Meta\"]");
  }

  @Test
  void takesTheLikeliestColumnAndNamesTheOthers() throws Exception {
    StringBuilder lines = new StringBuilder("image,note,colour,size\n");
    for (int i = 0; i < 8; i++) {
      given.pictures(i + ".jpg");
      lines.append(
          i + ".jpg,words " + i + "," + (i % 2 == 0 ? "red" : "blue") + "," + i % 4 + "\n");
    }
    given.text("x.csv", lines.toString());
    Recognition found = found();
    assertThat(found.keys()).containsEntry("labels.label-column", "colour");
    assertThat(found.choices())
        .containsExactly(
            new Recognition.Choice(
                "The column colour of x.csv is used for the classes, though its name does not say"
                    + " so.",
                "labels.label-column",
                "colour",
                List.of("size", "note")));
  }

  @Test
  void takesColumnOfFolderNamesWhenFilesGiveSplits() throws Exception {
    given.pictures("forest/a.jpg", "forest/b.jpg", "river/a1.jpg", "river/b1.jpg");
    given.text(
        "train.csv",
        ",Filename,Label,ClassName\n0,forest/a.jpg,1,forest\n1,river/a1.jpg,2,river\n");
    given.text(
        "test.csv", ",Filename,Label,ClassName\n0,forest/b.jpg,1,forest\n1,river/b1.jpg,2,river\n");
    assertThat(found().keys())
        .containsKey("labels.csv")
        .containsEntry("labels.label-column", "ClassName");
  }

  @Test
  void recognisesClassColumnsInEachSplit() throws Exception {
    for (String split : List.of("train", "valid")) {
      given.pictures(split + "/a.jpg", split + "/b.jpg");
      given.text(split + "/_classes.csv", "filename, glad, sad\na.jpg, 1, 0\nb.jpg, 0, 1\n");
    }
    assertThat(found().found())
        .isEqualTo("pictures, labelled by train/_classes.csv and valid/_classes.csv");
  }

  @ParameterizedTest
  @CsvSource({
    "101_Objects/cat/a.jpg 101_Objects/dog/b.jpg lists/x.txt, class folders in 101_Objects",
    "set/training/cat/a.jpg set/training/dog/b.jpg, split folders of class folders in set",
    "jpg/a.jpg jpg/b.jpg, pictures without labels in jpg",
    "cars_train/a.jpg cars_test/b.jpg, pictures without labels in cars_train (not read: cars_test)",
    "images/cat_1.jpg images/cat_2.jpg images/dog_1.jpg images/dog_2.jpg masks/cat_1.png,"
        + " 'pictures whose names tell their classes, such as cat_1.jpg in images (not read: masks)'",
    "cats/a.jpg cats/b.jpg, pictures of one class",
    "cat/a.jpg dog/b.jpg, class folders"
  })
  void findsTheFolderThatContainsThePictures(String names, String what) throws Exception {
    given.pictures(names.replaceAll("\\S+txt", "").strip().split(" ", -1));
    if (names.contains("txt")) {
      given.text("lists/x.txt", "words");
    }
    assertThat(found().found()).isEqualTo(what);
  }

  @Test
  void refusesVersionsOfOneSetAsClasses() throws Exception {
    given.pictures("color/apple/a.jpg", "color/corn/b.jpg", "gray/apple/a.jpg", "gray/corn/b.jpg");
    assertThatThrownBy(this::found)
        .hasMessageContaining("color, gray hold the same folders (apple, ...)");
  }

  @Test
  void namesUnsupportedArchive() throws Exception {
    Path zip = file(root.resolve("pets.zip"), new byte[] {'P', 'K', 3, 4, 20, 0});
    assertThatThrownBy(() -> Recognition.of(zip.toUri()))
        .hasMessageContaining("pets.zip: it is a ZIP archive; unpack it");
    assertThatThrownBy(this::found)
        .hasMessageContaining("pets.zip in it is a ZIP archive; unpack it");
  }

  @Test
  void mentionsLabelFileThatNamesNoPicture() throws Exception {
    given.pictures("a.jpg", "b.jpg");
    given.text("train.csv", "id,label\nx,1\ny,2\n");
    assertThat(found().choices())
        .extracting(Recognition.Choice::why)
        .containsExactly("No lines with an existing file and its label were found in train.csv.");
  }

  @Test
  void refusesUnsupportedPictureFormatsByName() throws Exception {
    file(root.resolve("cat/a.tif"), new byte[] {'I', 'I', '*', 0, 8, 0, 0, 0, 0, 0, 0, 0});
    assertThatThrownBy(this::found)
        .hasMessageContaining("a.tif in it is a TIFF; convert it to PNG or JPEG");
  }

  private Recognition found() throws IOException {
    return Recognition.of(root.toUri()).orElseThrow();
  }
}
