package io.millrace.jobs.source;

import static io.millrace.jobs.testing.CifarFiles.gzip;
import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.files;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static io.millrace.jobs.testing.SmallSources.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNetListingTest {
  private static final String FISH = "n01440764";
  private static final String SHARK = "n01484850";
  private static final String CRANE = "n02012849";
  private static final String TRAIN = "ILSVRC2012_img_train.tar";
  private static final String VAL = "ILSVRC2012_img_val.tar";

  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    root = Files.createDirectory(temp.resolve("imagenet"));
  }

  @Test
  void classesAreTheSortedSynsetsAndTheirNamesWithoutAList() throws Exception {
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
  void namesComeFromTheListAndEqualOnesAreToldApart() throws Exception {
    file(root.resolve("train/" + FISH + "/a.JPEG"), jpeg(1));
    file(root.resolve("train/" + SHARK + "/a.JPEG"), jpeg(1));
    file(root.resolve("train/" + CRANE + "/a.JPEG"), jpeg(1));
    Files.writeString(
        root.resolve("LOC_synset_mapping.txt"),
        FISH + " crane\n" + CRANE + " crane\nn99999999 not there\nnonsense\n");
    Ingests.Found found = list(root);

    assertThat(found.contents().classes().names())
        .containsExactly("crane (" + FISH + ")", SHARK, "crane (" + CRANE + ")");
    assertThat(found.contents().classes().number(CRANE)).isEqualTo(2);
    assertThat(found.contents().classes().number("crane (" + CRANE + ")")).isEqualTo(2);
    assertThat(found.ignored()).isEqualTo(1);
  }

  @Test
  void aTarOfTarsIsReadWhereItLiesAndGivesTheBytesOfTheFolders() throws Exception {
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
  void aCompressedArchiveIsInflatedFirst(String name) throws Exception {
    byte[] picture = jpeg(1);
    byte[] inner = tar(files(FISH + "_1.JPEG", picture));
    Path archive = file(root.resolve(name), gzip(tar(files(FISH + ".tar", inner))));
    Ingests.Found found = list(archive);

    assertThat(told(found)).containsOnly(Map.entry(FISH + "/" + FISH + "_1.JPEG", "TRAIN " + FISH));
    assertThat(bytes(found.entries().get(0))).isEqualTo(picture);
    assertThat(found.rejects()).isEmpty();
  }

  @Test
  void aFolderOfBothTarsTakesValidationLabelsFromTheSolution() throws Exception {
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
  void numbersOfASmallTruthCountSortedSynsets() throws Exception {
    twoTars();
    Files.writeString(root.resolve("ILSVRC2012_validation_ground_truth.txt"), "2\n1\n2\n");
    assertThat(told(list(root)))
        .containsEntry("ILSVRC2012_val_00000001.JPEG", "VAL " + SHARK)
        .containsEntry("ILSVRC2012_val_00000002.JPEG", "VAL " + FISH)
        .containsEntry("ILSVRC2012_val_00000003.JPEG", "VAL " + SHARK);
  }

  @Test
  void numbersOfTheDevelopmentKitNeedItsMap() throws Exception {
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
  @CsvSource({"'1\n3\n', line 2 names class 3", "'1\nx\n', line 2 is no number"})
  void aTruthThatCannotBeIsRefused(String text, String why) throws Exception {
    twoTars();
    Files.writeString(root.resolve("ILSVRC2012_validation_ground_truth.txt"), text);
    assertThatThrownBy(() -> list(root))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aMapOfNumbersThatIsNoneIsRefused() throws Exception {
    twoTars();
    Files.writeString(root.resolve("ILSVRC2012_validation_ground_truth.txt"), "1\n");
    Files.writeString(root.resolve("map_clsloc.txt"), FISH + " fish 1\n");
    assertThatThrownBy(() -> list(root))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("map_clsloc.txt: its line 1");
  }

  @Test
  void aTruthThatNobodyNeedsIsNotRead() throws Exception {
    file(root.resolve("val/" + FISH + "/ILSVRC2012_val_00000001.JPEG"), jpeg(1));
    file(root.resolve("test/ILSVRC2012_test_00000001.JPEG"), jpeg(2));
    Files.writeString(root.resolve("ILSVRC2012_validation_ground_truth.txt"), "1\n".repeat(50_000));
    assertThat(told(list(root)))
        .containsEntry("test/ILSVRC2012_test_00000001.JPEG", "TEST none")
        .containsEntry("val/" + FISH + "/ILSVRC2012_val_00000001.JPEG", "VAL " + FISH);
  }

  @Test
  void theTestArchiveIsTheTestSplit() throws Exception {
    file(root.resolve("ILSVRC2012_img_test_v10102019.tar"), tar(files("test_1.JPEG", jpeg(1))));
    assertThat(told(list(root))).containsOnly(Map.entry("test_1.JPEG", "TEST none"));
  }

  @Test
  void aValidationTarOfClassFoldersNeedsNoTruth() throws Exception {
    Path archive = file(root.resolve(VAL), tar(files("val/" + FISH + "/a.JPEG", jpeg(1))));
    assertThat(told(list(archive)))
        .containsOnly(Map.entry("val/" + FISH + "/a.JPEG", "VAL " + FISH));
  }

  @Test
  void kagglesFoldersAreFoundAndWhatLiesBesideIsCounted() throws Exception {
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
  void aTarCutWithinAnInnerTarKeepsTheOthersAndCountsOne() throws Exception {
    byte[] first = tar(files(FISH + "_1.JPEG", jpeg(1), FISH + "_2.JPEG", jpeg(2)));
    byte[] second = tar(files(SHARK + "_1.JPEG", jpeg(3)));
    byte[] whole = tar(files(FISH + ".tar", first, SHARK + ".tar", second));
    int cut = 512 + first.length + 512 + 700;
    Ingests.Found found = list(file(root.resolve(TRAIN), Arrays.copyOf(whole, cut)));

    assertThat(told(found)).hasSize(2).allSatisfy((id, label) -> assertThat(id).contains(FISH));
    assertThat(found.rejects())
        .extracting(Reject::id, Reject::path, Reject::reason)
        .containsExactly(tuple(TRAIN, root.resolve(TRAIN).toString(), "the archive ends early"));
  }

  @Test
  void damageWithinAnInnerTarCostsOnlyWhatLiesBehindItThere() throws Exception {
    byte[] first = tar(files(FISH + "_1.JPEG", jpeg(1), FISH + "_2.JPEG", jpeg(2)));
    int secondHeader = 512 + (jpeg(1).length + 511) / 512 * 512;
    first[secondHeader] ^= 1;
    byte[] second = tar(files(SHARK + "_1.JPEG", jpeg(3)));
    byte[] whole = tar(files(FISH + ".tar", first, SHARK + ".tar", second));
    Ingests.Found found = list(file(root.resolve(TRAIN), whole));

    assertThat(told(found))
        .containsOnlyKeys(FISH + "/" + FISH + "_1.JPEG", SHARK + "/" + SHARK + "_1.JPEG");
    assertThat(found.rejects()).extracting(Reject::id).containsExactly(FISH + ".tar");
  }

  @Test
  void anEmptyInnerTarCountsOne() throws Exception {
    byte[] inner = tar(files(SHARK + "_1.JPEG", jpeg(3)));
    byte[] whole = tar(files(FISH + ".tar", new byte[0], SHARK + ".tar", inner));
    Ingests.Found found = list(file(root.resolve(TRAIN), whole));

    assertThat(told(found)).containsOnlyKeys(SHARK + "/" + SHARK + "_1.JPEG");
    assertThat(found.rejects()).extracting(Reject::id).containsExactly(FISH + ".tar");
  }

  @Test
  void anEmptyArchiveCountsOne() throws Exception {
    Ingests.Found found = list(file(root.resolve(TRAIN), new byte[0]));
    assertThat(found.entries()).isEmpty();
    assertThat(found.rejects()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {TRAIN + ".gz", VAL + ".gz"})
  void aCutCompressedArchiveCountsOneWhateverItHolds(String name) throws Exception {
    boolean train = name.startsWith(TRAIN);
    Map<String, byte[]> many = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      byte[] picture = jpeg(i);
      String synset = String.format("n%08d", i);
      many.put(
          train ? synset + ".tar" : "ILSVRC2012_val_%08d.JPEG".formatted(i),
          train ? tar(files("a.JPEG", picture)) : picture);
    }
    byte[] whole = gzip(tar(many));
    Path archive = file(root.resolve(name), Arrays.copyOf(whole, whole.length / 2));
    Ingests.Found found = list(archive);

    assertThat(found.entries().size()).isBetween(5, 35);
    assertThat(found.rejects()).hasSize(1);
  }

  @Test
  void aCompressedArchiveWithAWrongChecksumCountsOne() throws Exception {
    byte[] whole = gzip(tar(files(FISH + ".tar", tar(files("a.JPEG", jpeg(1))))));
    whole[whole.length - 6] ^= 1;
    Ingests.Found found = list(file(root.resolve(TRAIN + ".gz"), whole));
    assertThat(found.entries()).hasSize(1);
    assertThat(found.rejects()).extracting(Reject::id).containsExactly(TRAIN + ".gz");
  }

  @Test
  void filesAmongTheSynsetsCountAsNoPicturesOfAClass() throws Exception {
    file(root.resolve("train/" + FISH + "/a.JPEG"), jpeg(1));
    file(root.resolve("train/stray.JPEG"), jpeg(2));
    file(root.resolve("notes.txt"), jpeg(2));
    Ingests.Found found = list(root);
    assertThat(found.rejects()).extracting(Reject::id).containsExactly("train/stray.JPEG");
    assertThat(found.ignored()).isEqualTo(1);
  }

  @Test
  void filesAmongTheInnerTarsCountAsNoPicturesOfAClass() throws Exception {
    byte[] inner = tar(files("a.JPEG", jpeg(1)));
    byte[] whole =
        tar(
            files(
                FISH + ".tar",
                inner,
                "stray.JPEG",
                jpeg(2),
                "tench.tar",
                inner,
                "readme.txt",
                inner));
    Ingests.Found found = list(file(root.resolve(TRAIN), whole));
    assertThat(found.entries()).hasSize(1);
    assertThat(found.rejects())
        .extracting(Reject::id)
        .containsExactlyInAnyOrder("stray.JPEG", "tench.tar");
    assertThat(found.ignored()).isEqualTo(1);
  }

  @Test
  void whatIsNoArchiveIsRefused() throws Exception {
    Path zip = file(root.resolve("imagenet.zip"), jpeg(1));
    assertThatThrownBy(() -> list(zip))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("it is no .tar or .tar.gz");
  }

  @Test
  void theSplitOfSynsetFoldersAloneIsThatOfTheFolderOrTheConfiguredOne() throws Exception {
    file(root.resolve("val/" + FISH + "/a.JPEG"), jpeg(1));
    assertThat(list(root.resolve("val")).entries())
        .extracting(Entry::split)
        .containsOnly(Split.VAL);
    assertThat(list(root.resolve("val"), "source.split=test").entries())
        .extracting(Entry::split)
        .containsOnly(Split.TEST);
  }

  private void twoTars() throws IOException {
    byte[] fish = tar(files(FISH + "_1.JPEG", jpeg(1)));
    byte[] shark = tar(files(SHARK + "_1.JPEG", jpeg(2)));
    file(root.resolve(TRAIN), tar(files(SHARK + ".tar", shark, FISH + ".tar", fish)));
    Map<String, byte[]> val = new LinkedHashMap<>();
    for (int i = 1; i <= 3; i++) {
      val.put("ILSVRC2012_val_%08d.JPEG".formatted(i), jpeg(10 + i));
    }
    file(root.resolve(VAL), tar(val));
  }

  private Ingests.Found list(Path path, String... more) throws IOException {
    List<String> pairs = new ArrayList<>(List.of("source.format=imagenet", "source.path=" + path));
    pairs.addAll(List.of(more));
    Source source = Ingests.parameters(pairs.toArray(String[]::new)).source();
    return Ingests.list(source, temp.resolve("inflated"));
  }

  /** Split and synset by id. */
  private static Map<String, String> told(Ingests.Found found) {
    Map<String, String> told = new LinkedHashMap<>();
    List<String> synsets = found.contents().classes().synsets();
    for (Entry entry : found.entries()) {
      String synset = entry.label() < 0 ? "none" : synsets.get(entry.label());
      told.put(entry.id(), entry.split() + " " + synset);
    }
    return told;
  }

  private static byte[] bytes(Entry entry) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(entry.file()));
    int from = Math.toIntExact(entry.offset());
    return Arrays.copyOfRange(file, from, from + Math.toIntExact(entry.length()));
  }
}
