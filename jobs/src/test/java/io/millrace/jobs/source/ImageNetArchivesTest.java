package io.millrace.jobs.source;

import static io.millrace.jobs.testing.PictureFiles.jpeg;
import static io.millrace.jobs.testing.PictureFiles.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.shard.Reject;
import io.millrace.jobs.shard.Split;
import io.millrace.jobs.testing.CifarFiles;
import io.millrace.jobs.testing.Ingests;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Location;
import io.millrace.pipeline.job.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageNetArchivesTest {
  private static final String TENCH = "n01440764";
  private static final String CASSETTE = "n02979186";
  private static final String CHURCH = "n03028079";

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void folder() throws IOException {
    folder = Files.createDirectory(temp.resolve("given"));
  }

  @Test
  void aTarOfTarsIsReadInPlace() throws Exception {
    Path archive = Files.write(folder.resolve("ILSVRC2012_img_train.tar"), tarOfTars());
    Ingests.Found found = list(archive);

    assertThat(found.contents().classes().synsets()).containsExactly(TENCH, CASSETTE, CHURCH);
    assertThat(found.contents().classes().names()).containsExactly(TENCH, CASSETTE, CHURCH);
    assertThat(found.contents().parts()).hasSize(3);
    assertThat(found.rejects()).isEmpty();
    assertThat(found.entries())
        .extracting(entry -> entry.id() + " " + entry.label() + " " + entry.split())
        .containsExactlyInAnyOrder(
            CHURCH + "/" + CHURCH + "_1.JPEG 2 TRAIN",
            CHURCH + "/" + CHURCH + "_2.JPEG 2 TRAIN",
            TENCH + "/" + TENCH + "_3.JPEG 0 TRAIN",
            CASSETTE + "/" + CASSETTE + "_4.JPEG 1 TRAIN");
    byte[] all = Files.readAllBytes(archive);
    for (Entry entry : found.entries()) {
      int seed = entry.id().charAt(entry.id().length() - 6) - '0';
      int from = (int) entry.offset();
      assertThat(Arrays.copyOfRange(all, from, from + (int) entry.length()))
          .isEqualTo(jpeg(seed, 8, 9));
    }
  }

  @Test
  void aCompressedOneIsInflatedFirst() throws Exception {
    Path archive =
        Files.write(folder.resolve("ILSVRC2012_img_train.tar.gz"), CifarFiles.gzip(tarOfTars()));
    Ingests.Found found = list(archive);
    assertThat(found.entries()).hasSize(4);
    assertThat(found.entries())
        .allMatch(entry -> Path.of(entry.file()).startsWith(temp.resolve("inflated")));
  }

  @Test
  void aCutWithinAnInnerTarIsToldAndTheRestIsRead() throws Exception {
    byte[] whole = tarOfTars();
    Path archive =
        Files.write(
            folder.resolve("ILSVRC2012_img_train.tar"), Arrays.copyOf(whole, whole.length / 2));
    Ingests.Found found = list(archive);
    assertThat(found.rejects()).isNotEmpty();
    assertThat(found.rejects()).extracting(Reject::reason).contains("the archive ends early");
  }

  @Test
  void numbersOfTheDevelopmentKitAreRefusedWithoutItsMap() throws Exception {
    Files.write(folder.resolve("ILSVRC2012_img_val.tar"), validation());
    Files.writeString(
        folder.resolve("ILSVRC2012_validation_ground_truth.txt"), "490\n".repeat(50_000));
    assertThatThrownBy(() -> list(folder.resolve("ILSVRC2012_img_val.tar")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("map_clsloc.txt");
    Files.writeString(folder.resolve("map_clsloc.txt"), CHURCH + " 490 church\n");
    assertThat(list(folder.resolve("ILSVRC2012_img_val.tar")).entries())
        .allMatch(entry -> entry.label() == 0 && entry.split() == Split.VAL);
  }

  @Test
  void kagglesSolutionTellsTheLabelsOfTheValidationTar() throws Exception {
    Files.write(folder.resolve("ILSVRC2012_img_val.tar"), validation());
    Files.writeString(
        folder.resolve("LOC_val_solution.csv"),
        "ImageId,PredictionString\n"
            + "ILSVRC2012_val_00000001,"
            + CHURCH
            + " 1 2 3 4 "
            + CHURCH
            + " 5 6 7 8 \nILSVRC2012_val_00000002,"
            + TENCH
            + " 1 2 3 4 \n");
    Files.writeString(
        folder.resolve("LOC_synset_mapping.txt"),
        TENCH + " tench, Tinca tinca\n" + CHURCH + " church\n");
    Ingests.Found found = list(folder.resolve("ILSVRC2012_img_val.tar"));
    assertThat(found.contents().classes().names()).containsExactly("tench, Tinca tinca", "church");
    assertThat(found.entries()).extracting(Entry::label).containsExactly(1, 0, Entry.NO_LABEL);
  }

  @Test
  void aFlatFolderTakesTheTruthByNumber() throws Exception {
    Path val = Files.createDirectories(folder.resolve("val"));
    for (int i = 1; i <= 2; i++) {
      Files.write(val.resolve("ILSVRC2012_val_0000000" + i + ".JPEG"), jpeg(i, 4, 4));
    }
    Path train = Files.createDirectories(folder.resolve("train"));
    for (String synset : List.of(CHURCH, TENCH)) {
      Files.createDirectory(train.resolve(synset));
      Files.write(train.resolve(synset).resolve("x.JPEG"), jpeg(1, 4, 4));
    }
    Files.writeString(folder.resolve("ILSVRC2012_validation_ground_truth.txt"), "2\n1\n");
    Ingests.Found found = list(folder);
    assertThat(found.entries())
        .filteredOn(entry -> entry.split() == Split.VAL)
        .extracting(Entry::label)
        .containsExactly(1, 0);
    assertThat(found.ignored()).isEqualTo(1);
  }

  private static byte[] tarOfTars() throws IOException {
    Map<String, byte[]> outer = new LinkedHashMap<>();
    outer.put(
        CHURCH + ".tar",
        tar(files(CHURCH + "_1.JPEG", jpeg(1, 8, 9), CHURCH + "_2.JPEG", jpeg(2, 8, 9))));
    outer.put(TENCH + ".tar", tar(files(TENCH + "_3.JPEG", jpeg(3, 8, 9))));
    outer.put(CASSETTE + ".tar", tar(files(CASSETTE + "_4.JPEG", jpeg(4, 8, 9))));
    return tar(outer);
  }

  private static byte[] validation() throws IOException {
    return tar(
        files(
            "ILSVRC2012_val_00000001.JPEG", jpeg(1, 4, 4),
            "ILSVRC2012_val_00000002.JPEG", jpeg(2, 4, 4),
            "ILSVRC2012_val_00000003.JPEG", jpeg(3, 4, 4)));
  }

  private Ingests.Found list(Path path) throws IOException {
    Location location = new Location(path.toString());
    ImageNet source =
        new ImageNet(location, Optional.empty(), List.of(), Optional.empty(), new Share(1));
    return Ingests.list(source, temp.resolve("inflated"));
  }

  private static Map<String, byte[]> files(Object... namesAndBytes) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < namesAndBytes.length; i += 2) {
      files.put((String) namesAndBytes[i], (byte[]) namesAndBytes[i + 1]);
    }
    return files;
  }
}
