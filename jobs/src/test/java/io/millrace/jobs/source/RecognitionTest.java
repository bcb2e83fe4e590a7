package io.millrace.jobs.source;

import static io.millrace.jobs.testing.SmallSources.file;
import static io.millrace.jobs.testing.SmallSources.idxLabels;
import static io.millrace.jobs.testing.SmallSources.jpeg;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.testing.CifarFiles;
import io.millrace.jobs.testing.Ingests;
import io.millrace.jobs.testing.RealData;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Variant;
import io.millrace.pipeline.spec.Variants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is recognised is read by its source, with as many classes as meant. */
@Timeout(60)
class RecognitionTest {

  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void root() throws IOException {
    root = Files.createDirectory(temp.resolve("given"));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("io.millrace.jobs.source.RecognisedLayouts#layouts")
  void recognisesEveryLayoutThatASourceReads(
      String format, int classes, String what, RecognisedLayouts.Layout layout) throws Exception {
    Recognition recognition =
        Recognition.of(JobFiles.uri(layout.in(root).toString())).orElseThrow();
    assertThat(recognition.format()).isEqualTo(format);
    Ingests.Found found = read(recognition);
    assertThat(found.entries()).isNotEmpty();
    assertThat(found.contents().classes().names()).hasSize(classes);
    assertThat(found.entries())
        .allSatisfy(
            entry -> assertThat(entry.label() >= 0).isEqualTo(classes > 0 && !isUnlabelled(entry)));
  }

  /** Kaggle's test pictures, and validation pictures without ImageNet's ground truth. */
  private static boolean isUnlabelled(Entry entry) {
    return entry.id().startsWith("test1/") || entry.id().contains("ILSVRC2012_val");
  }

  @Test
  void recognisesEverySourceThatReadsFiles() {
    List<String> recognised =
        RecognisedLayouts.layouts().map(it -> (String) it.get()[0]).distinct().toList();
    List<String> all =
        new ArrayList<>(Variants.of(Source.class).stream().map(Variant::value).toList());
    all.remove("synthetic");
    assertThat(recognised).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void leavesOutFoldersOutsideTheLayout() throws Exception {
    for (String name : List.of("train/cat/a", "train/dog/b", "val/cat/c", "my extra/d")) {
      file(root.resolve(name + ".jpg"), jpeg(name.length()));
    }
    Recognition recognition = Recognition.of(root.toUri()).orElseThrow();
    assertThat(recognition.keys()).containsExactly(Map.entry("leave-out", "[\"my extra\"]"));
    Ingests.Found found = readAll(recognition);
    assertThat(found.entries()).hasSize(3);
    assertThat(found.leftOut()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "text", "noise.bin", "note.tar.gz", "labels", "datasets"})
  void recognisesNothingThatNoSourceReads(String what) throws Exception {
    byte[] noise = new byte[20 * CifarFiles.RECORD];
    new Random(5).nextBytes(noise);
    Path place = root.resolve(what);
    switch (what) {
      case "empty" -> Files.createDirectory(place);
      case "text" -> file(place.resolve("sub/words.txt"), "words".getBytes(UTF_8));
      case "labels" -> file(place.resolve("train-labels-idx1-ubyte"), idxLabels(1, 1));
      case "datasets" -> {
        file(place.resolve("pets/train/cats/1.jpg"), jpeg(1));
        file(place.resolve("flowers/rose/1.jpg"), jpeg(2));
      }
      default -> file(place, noise);
    }
    assertThat(Recognition.of(JobFiles.uri(place.toString()))).isEmpty();
  }

  @Test
  void namesMissingPath() {
    assertThatThrownBy(() -> Recognition.of(JobFiles.uri(root + "/none")))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("there is no such file or folder");
  }

  @ParameterizedTest
  @CsvSource({
    "cifar10, cifar10, 10",
    "cifar10/cifar-10-batches-bin/test_batch.bin, cifar10, 10",
    "cifar10/png-sample, folder, 10",
    "fashion-mnist, idx, 10",
    "imagenet-mini, imagenet, 10",
    "imagenet-mini/fullsize, imagenet, 133",
    "imagenet-mini/odd, folder, 0",
    "lsun-bedroom, lsun, 3",
    "lsun-bedroom/bedroom_val_lmdb, lsun, 1",
    "dogscats, folder, 2",
    "dogscats/test1, folder, 0",
    "horse2zebra, folder, 2",
    "lemon2orange, folder, 2",
    "style, folder, 0"
  })
  void recognisesRealData(String path, String format, int classes) throws Exception {
    Path place = RealData.path(path);
    Recognition recognition = Recognition.of(JobFiles.uri(place.toString())).orElseThrow();
    assertThat(recognition.format()).isEqualTo(format);
    assertThat(read(recognition).contents().classes().names()).hasSize(classes);
  }

  private Ingests.Found read(Recognition recognition) throws IOException {
    try {
      return readAll(recognition);
    } catch (ImagesBesideException e) {
      return read(recognition.leavingOut(e.path()));
    }
  }

  private Ingests.Found readAll(Recognition recognition) throws IOException {
    Map<String, String> keys = new TreeMap<>(recognition.keys());
    keys.put("format", recognition.format());
    keys.put("path", JobFiles.shown(recognition.place()));
    String[] pairs =
        keys.entrySet().stream()
            .map(key -> "source." + key.getKey() + "=" + key.getValue())
            .toArray(String[]::new);
    return Ingests.list(Ingests.parameters(pairs).source(), temp.resolve("inflated"));
  }
}
