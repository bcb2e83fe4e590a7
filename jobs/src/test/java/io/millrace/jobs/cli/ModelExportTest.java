package io.millrace.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.spark.SharedSpark;
import io.millrace.jobs.tensor.SafeTensors;
import io.millrace.jobs.testing.SmallModel;
import io.millrace.jobs.testing.States;
import io.millrace.pipeline.store.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace export MODEL}: its files, what it compares and what it says. */
class ModelExportTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private static Path base;
  private static SmallModel small;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws Exception {
    small = SmallModel.in(base, 3);
  }

  @AfterAll
  static void stop() {
    SharedSpark.stop();
  }

  @Test
  void onnxFileGivesTheModelsProbabilitiesForPicturesOfTheDataset() throws Exception {
    Path to = folder.resolve("onnx");
    String[] arguments = {"--as", "onnx", "--verify", small.shards().toString(), "--json"};
    assertThat(export(small.model(), to, arguments)).as(err.toString(UTF_8)).isZero();
    Map<String, Object> json = JsonText.object(out.toByteArray());
    assertThat(json)
        .containsEntry("outcome", "succeeded")
        .containsEntry("as", "onnx")
        .containsEntry("file", "model.onnx")
        .containsEntry("bytes", Files.size(to.resolve("model.onnx")));
    Map<?, ?> verified = (Map<?, ?>) json.get("verified");
    assertThat(verified.get("pictures")).isEqualTo(64L);
    assertThat(verified.get("engine")).isEqualTo("dl4j");
    assertThat(verified.get("described"))
        .isEqualTo("64 pictures of the split test of " + small.shards());
    assertThat((Double) verified.get("greatest-difference")).isLessThan(1e-4);
    assertThat(names(to)).containsExactly("config.json", "model.onnx");
    Path again = folder.resolve("again");
    assertThat(export(small.model(), again, "--as", "onnx")).isZero();
    assertThat(Files.mismatch(again.resolve("model.onnx"), to.resolve("model.onnx"))).isNegative();
  }

  @Test
  void comparesOnFolderOrOnRandomPixels() throws Exception {
    Path pictures = small.exported(folder.resolve("pictures"));
    Path one = folder.resolve("one");
    assertThat(export(small.model(), one, "--as=onnx", "--verify", pictures.toString())).isZero();
    assertThat(out.toString(UTF_8))
        .startsWith("model.onnx (")
        .containsPattern(
            "verified: onnxruntime [\\d.]+ and dl4j give the same probabilities for 64 pictures of "
                + pictures
                + "; the greatest difference is \\d.\\de-\\d\\d\n");
    Path other = folder.resolve("other");
    assertThat(export(small.model(), other, "--as=onnx", "--verify")).isZero();
    assertThat(out.toString(UTF_8)).contains("for 64 pictures of random pixels (--verify PATH");
  }

  @Test
  void safetensorsFileHasTheSameWeightsAndSaysWhatTheyAreOf() throws Exception {
    Path to = folder.resolve("tensors");
    assertThat(export(small.model(), to, "--as", "safetensors")).isZero();
    try (InputStream exported = Files.newInputStream(to.resolve("model.safetensors"));
        InputStream trained = Files.newInputStream(small.model().resolve("weights.safetensors"))) {
      SafeTensors found = SafeTensors.readFrom(exported);
      States.assertSameBits(found.state(), SafeTensors.readFrom(trained).state());
      assertThat(found.metadata())
          .containsOnlyKeys("architecture", "digest", "input", "mean", "std", "classes")
          .containsEntry("input", "[3,32,32]");
    }
    Map<String, Object> config = JsonText.object(Files.readAllBytes(to.resolve("config.json")));
    assertThat(config.get("input")).isEqualTo(List.of(3L, 32L, 32L));
    assertThat((List<?>) config.get("classes")).hasSize(10);
    assertThat(config.get("architecture"))
        .isEqualTo(Map.of("name", "resnet", "channels", List.of(4L, 8L)));
  }

  @Test
  void zipIsWritten() throws Exception {
    Path to = folder.resolve("zip");
    assertThat(export(small.model(), to, "--as", "dl4j-zip")).isZero();
    assertThat(names(to)).containsExactly("config.json", "model.zip");
  }

  @Test
  void refusesWhatDoesNotBelongTogetherAllAtOnce() {
    Path to = folder.resolve("none");
    assertThat(export(small.model(), to, "--split", "test", "--limit", "3", "--verify", "/none"))
        .isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("--split: is for datasets, and this is a model")
        .contains("--limit: is for datasets, and this is a model")
        .contains("--as: must be given for a model: one of safetensors, onnx, dl4j-zip")
        .contains("--verify: ", "there is no such file or folder");
    assertThat(export(small.model(), to, "--as", "onx")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--as: there is no form 'onx'; did you mean 'onnx'?");
    assertThat(export(small.model(), to, "--as", "safetensors", "--verify")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--verify: is for --as onnx");
    assertThat(export(small.shards(), to, "--as", "onnx", "--verify")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .contains("--as: is for models, and this is a dataset")
        .contains("--verify: is for models, and this is a dataset");
    assertThat(export(base, to, "--as", "onnx")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .startsWith(
            "Cannot export " + base + ": it has neither _dataset.json nor model.json in it");
    assertThat(to).doesNotExist();
  }

  @Test
  void leavesNothingOfDamagedModel() throws Exception {
    Path copy = small.named(folder.resolve("copy"), List.of("a", "b"));
    Path weights = copy.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1]++;
    Files.write(weights, bytes);
    Path to = folder.resolve("none");
    assertThat(export(copy, to, "--as", "onnx")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("Cannot read weights.safetensors", "its SHA-256 is");
    assertThat(names(folder)).containsExactly("copy");
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  private int export(Path what, Path to, String... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of("export", what.toString(), "--to", to.toString()));
    all.addAll(List.of(arguments));
    return CommandLineDoor.open(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
        .run(all.toArray(String[]::new));
  }
}
