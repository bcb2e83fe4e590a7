package io.millrace.jobs.source.imagenet;

import static io.millrace.jobs.testing.CifarFiles.gzip;
import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.files;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static io.millrace.jobs.testing.SmallSources.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Split;
import io.millrace.jobs.source.Entry;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNetListingTest extends ImageNetFolder {
  @Test
  void classesAreSortedSynsetsWithoutAListOfNames() throws Exception {
    for (String synset : List.of(CRANE, FISH, SHARK)) {
      file(root.resolve("train/" + synset + "/" + synset + "_1.JPEG"), jpeg(1));
    }
    file(root.resolve("val/" + SHARK + "/ILSVRC2012_val_00000001.JPEG"), jpeg(2));
    Ingests.Found found = list(root);

    assertThat(found.contents().classes().synsets()).containsExactly(FISH, SHARK, CRANE);
    assertThat(found.contents().classes().names()).containsExactly(FISH, SHARK, CRANE);
    assertThat(told(found))
        .containsOnly(
            Map.entry("train/" + FISH + "/" + FISH + "_1.JPEG", "TRAIN " + FISH),
            Map.entry("train/" + SHARK + "/" + SHARK + "_1.JPEG", "TRAIN " + SHARK),
            Map.entry("train/" + CRANE + "/" + CRANE + "_1.JPEG", "TRAIN " + CRANE),
            Map.entry("val/" + SHARK + "/ILSVRC2012_val_00000001.JPEG", "VAL " + SHARK));
  }

  @Test
  void takesNamesFromTheListAndTellsEqualOnesApart() throws Exception {
    file(root.resolve("train/" + FISH + "/a.JPEG"), jpeg(1));
    file(root.resolve("train/" + SHARK + "/a.JPEG"), jpeg(1));
    file(root.resolve("train/" + CRANE + "/a.JPEG"), jpeg(1));
    Files.writeString(
        root.resolve("LOC_synset_mapping.txt"),
        FISH + " crane\n" + CRANE + " crane\nn99999999 not there\nnonsense\n");
    Ingests.Found found = list(root);

    assertThat(found.contents().classes().names())
        .containsExactly("crane (" + FISH + ")", SHARK, "crane (" + CRANE + ")");
    assertThat(found.contents().classes().numbers(CRANE)).containsExactly(2);
    assertThat(found.contents().classes().numbers("crane (" + CRANE + ")")).containsExactly(2);
    assertThat(found.contents().classes().sharedNames()).isEmpty();
    assertThat(found.ignored()).isEqualTo(1);
  }

  @Test
  void readsTarOfTarsInPlaceWithTheBytesOfTheFolders() throws Exception {
    Map<String, byte[]> outer = new LinkedHashMap<>();
    Map<String, byte[]> pictures = new LinkedHashMap<>();
    for (String synset : List.of(SHARK, FISH)) {
      Map<String, byte[]> inner = new LinkedHashMap<>();
      for (int i = 0; i < 3; i++) {
        String name = synset + "_" + i + ".JPEG";
        inner.put(name, jpeg(synset.hashCode() + i));
        pictures.put(synset + "/" + name, inner.get(name));
        file(root.resolve("folders/train/" + synset + "/" + name), inner.get(name));
      }
      outer.put(synset + ".tar", tar(inner));
    }
    Path archive = file(root.resolve(TRAIN), tar(outer));
    Ingests.Found found = list(archive);

    assertThat(found.contents().parts()).hasSize(2);
    assertThat(found.entries()).hasSize(6);
    for (Entry entry : found.entries()) {
      assertThat(Path.of(entry.file())).isEqualTo(archive);
      assertThat(bytes(entry)).isEqualTo(pictures.get(entry.id()));
    }
    Map<String, String> fromFolders = new LinkedHashMap<>();
    told(list(root.resolve("folders")))
        .forEach((id, label) -> fromFolders.put(id.substring("train/".length()), label));
    assertThat(told(found)).isEqualTo(fromFolders);
    assertThat(temp.resolve("inflated")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {TRAIN + ".gz", "train.tgz"})
  void inflatesCompressedArchiveFirst(String name) throws Exception {
    byte[] picture = jpeg(1);
    byte[] inner = tar(files(FISH + "_1.JPEG", picture));
    Path archive = file(root.resolve(name), gzip(tar(files(FISH + ".tar", inner))));
    Ingests.Found found = list(archive);

    assertThat(told(found)).containsOnly(Map.entry(FISH + "/" + FISH + "_1.JPEG", "TRAIN " + FISH));
    assertThat(bytes(found.entries().get(0))).isEqualTo(picture);
    assertThat(found.rejects()).isEmpty();
  }

  @Test
  void takesValidationLabelsOfTarsFromTheSolution() throws Exception {
    twoTars();
    Files.writeString(
        root.resolve("LOC_val_solution.csv"),
        "ImageId,PredictionString\n"
            + "ILSVRC2012_val_00000002,"
            + FISH
            + " 1 2 3 4 "
            + FISH
            + " 5 6 7 8 \r\n"
            + "ILSVRC2012_val_00000001,"
            + CRANE
            + " 1 2 3 4\n");
    Ingests.Found found = list(root);

    // The crane has no picture for training: it is a class all the same.
    assertThat(found.contents().classes().synsets()).containsExactly(FISH, SHARK, CRANE);
    assertThat(told(found))
        .containsEntry("ILSVRC2012_val_00000001.JPEG", "VAL " + CRANE)
        .containsEntry("ILSVRC2012_val_00000002.JPEG", "VAL " + FISH)
        .containsEntry("ILSVRC2012_val_00000003.JPEG", "VAL none");
    assertThat(found.ignored()).isEqualTo(1);
  }

  @Test
  void smallGroundTruthNumbersSortedSynsets() throws Exception {
    twoTars();
    Files.writeString(root.resolve("ILSVRC2012_validation_ground_truth.txt"), "2\n1\n2\n");
    assertThat(told(list(root)))
        .containsEntry("ILSVRC2012_val_00000001.JPEG", "VAL " + SHARK)
        .containsEntry("ILSVRC2012_val_00000002.JPEG", "VAL " + FISH)
        .containsEntry("ILSVRC2012_val_00000003.JPEG", "VAL " + SHARK);
  }

  @Test
  void groundTruthOfTheDevelopmentKitNeedsItsMap() throws Exception {
    twoTars();
    Path truth = root.resolve("ILSVRC2012_validation_ground_truth.txt");
    Files.writeString(truth, "1\n".repeat(50_000));
    assertThatThrownBy(() -> list(root))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(truth + ": it numbers classes as the development kit does")
        .hasMessageContaining("map_clsloc.txt");
    Files.writeString(root.resolve("map_clsloc.txt"), SHARK + " 1 shark\n" + FISH + " 2 fish\n");
    assertThat(told(list(root))).containsEntry("ILSVRC2012_val_00000002.JPEG", "VAL " + SHARK);
  }

  @ParameterizedTest
  @CsvSource({"'1\n3\n', line 2 names class 3", "'1\nx\n', line 2 is not a number"})
  void refusesInvalidGroundTruth(String text, String why) throws Exception {
    twoTars();
    Files.writeString(root.resolve("ILSVRC2012_validation_ground_truth.txt"), text);
    assertThatThrownBy(() -> list(root))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesInvalidMapOfNumbers() throws Exception {
    twoTars();
    Files.writeString(root.resolve("ILSVRC2012_validation_ground_truth.txt"), "1\n");
    Files.writeString(root.resolve("map_clsloc.txt"), FISH + " fish 1\n");
    assertThatThrownBy(() -> list(root))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("map_clsloc.txt: its line 1");
  }

  @Test
  void ignoresGroundTruthThatIsNotNeeded() throws Exception {
    file(root.resolve("val/" + FISH + "/ILSVRC2012_val_00000001.JPEG"), jpeg(1));
    file(root.resolve("test/ILSVRC2012_test_00000001.JPEG"), jpeg(2));
    Files.writeString(root.resolve("ILSVRC2012_validation_ground_truth.txt"), "1\n".repeat(50_000));
    assertThat(told(list(root)))
        .containsEntry("test/ILSVRC2012_test_00000001.JPEG", "TEST none")
        .containsEntry("val/" + FISH + "/ILSVRC2012_val_00000001.JPEG", "VAL " + FISH);
  }

  @Test
  void testArchiveIsTheTestSplit() throws Exception {
    file(root.resolve("ILSVRC2012_img_test_v10102019.tar"), tar(files("test_1.JPEG", jpeg(1))));
    assertThat(told(list(root))).containsOnly(Map.entry("test_1.JPEG", "TEST none"));
  }

  @Test
  void validationTarOfClassFoldersNeedsNoGroundTruth() throws Exception {
    Path archive = file(root.resolve(VAL), tar(files("val/" + FISH + "/a.JPEG", jpeg(1))));
    assertThat(told(list(archive)))
        .containsOnly(Map.entry("val/" + FISH + "/a.JPEG", "VAL " + FISH));
  }

  @Test
  void findsKagglesFoldersAndCountsOtherFiles() throws Exception {
    Path data = root.resolve("ILSVRC/Data/CLS-LOC");
    file(data.resolve("train/" + FISH + "/a.JPEG"), jpeg(1));
    file(data.resolve("val/ILSVRC2012_val_00000001.JPEG"), jpeg(2));
    file(data.resolve("test/ILSVRC2012_test_00000001.JPEG"), jpeg(3));
    Files.createDirectories(root.resolve("ILSVRC/Annotations/CLS-LOC"));
    Files.createDirectories(root.resolve("ILSVRC/ImageSets"));
    Files.writeString(root.resolve("LOC_synset_mapping.txt"), FISH + " tench, Tinca tinca\n");
    Files.writeString(
        root.resolve("LOC_val_solution.csv"), "ILSVRC2012_val_00000001," + FISH + " 1 2 3 4\n");
    Ingests.Found found = list(root);

    assertThat(found.contents().classes().names()).containsExactly("tench, Tinca tinca");
    assertThat(told(found))
        .containsOnly(
            Map.entry("ILSVRC/Data/CLS-LOC/train/" + FISH + "/a.JPEG", "TRAIN " + FISH),
            Map.entry("ILSVRC/Data/CLS-LOC/val/ILSVRC2012_val_00000001.JPEG", "VAL " + FISH),
            Map.entry("ILSVRC/Data/CLS-LOC/test/ILSVRC2012_test_00000001.JPEG", "TEST none"));
    assertThat(found.ignored()).as("the two lists, Annotations and ImageSets").isEqualTo(4);
  }

  @Test
  void refusesFileThatIsNoArchive() throws Exception {
    Path zip = file(root.resolve("imagenet.zip"), jpeg(1));
    assertThatThrownBy(() -> list(zip))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("it is not a .tar or .tar.gz");
  }

  @Test
  void takesSplitOfSynsetFoldersFromFolderNameOrKey() throws Exception {
    file(root.resolve("val/" + FISH + "/a.JPEG"), jpeg(1));
    assertThat(list(root.resolve("val")).entries())
        .extracting(Entry::split)
        .containsOnly(Split.VAL);
    assertThat(list(root.resolve("val"), "source.split=test").entries())
        .extracting(Entry::split)
        .containsOnly(Split.TEST);
  }
}
