package io.millrace.jobs.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.testing.RealData;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch and safetensors wrote, whole and damaged. */
class WeightsFileTest {
  private static final List<String> NAMES =
      List.of("conv.weight", "half", "brain", "double", "scalar");

  private static final int LARGE = 1 << 16;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zip-1.13.pth",
        "zip-2.15.pth",
        "protocol4.pth",
        "legacy.pth",
        "foreign.safetensors",
        "checkpoint.pth",
        "legacy-checkpoint.pth"
      })
  void readsEveryTypeAsFloats(String name) throws Exception {
    String prefix = name.contains("checkpoint") ? "module." : "";
    try (WeightsFile file = open(name)) {
      assertThat(file.stored().tensors())
          .extracting(StoredTensor::name)
          .containsExactlyInAnyOrderElementsOf(NAMES.stream().map(it -> prefix + it).toList());
      assertThat(values(file, prefix + "conv.weight")).isEqualTo(ramp(24, 0));
      assertThat(values(file, prefix + "half")).isEqualTo(ramp(3, -1));
      assertThat(values(file, prefix + "brain")).isEqualTo(ramp(4, 4));
      assertThat(values(file, prefix + "double")).isEqualTo(ramp(5, 7));
      assertThat(values(file, prefix + "scalar")).isEqualTo(ramp(1, 3));
      assertThat(tensor(file, prefix + "conv.weight").shape()).containsExactly(2, 3, 2, 2);
      assertThat(tensor(file, prefix + "scalar").shape()).isEmpty();
      assertThat(file.stored().counters()).isEqualTo(1);
    }
  }

  @Test
  void namesWhatACheckpointHoldsBeside() throws Exception {
    try (WeightsFile file = open("checkpoint.pth")) {
      assertThat(file.stored().beside())
          .containsExactly("epoch", "best", "arch", "optimizer", "size", "on", "type");
    }
  }

  @Test
  void readsViewsInTheOrderOfTheirRows() throws Exception {
    try (WeightsFile file = open("views.pth")) {
      assertThat(values(file, "rows")).isEqualTo(ramp(12, 0.75));
      float[] columns = values(file, "columns");
      float[] turned = values(file, "turned");
      for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 6; column++) {
          float value = (row * 6 + column) / 8f;
          assertThat(turned[column * 4 + row]).isEqualTo(value);
          if (column % 2 == 1) {
            assertThat(columns[row * 3 + column / 2]).isEqualTo(value);
          }
        }
      }
      assertThat(values(file, "last")).isEqualTo(ramp(24, 0));
      assertThat(values(file, "stretched")).containsExactly(0, 0.125f, 0.25f, 0, 0.125f, 0.25f);
    }
  }

  @Test
  void readsParameters() throws Exception {
    try (WeightsFile file = open("parameters.pth")) {
      assertThat(values(file, "w")).isEqualTo(ramp(4, 0));
      assertThat(file.stored().beside()).containsExactly("note");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "code.pth, the object posix.system",
    "legacy-code.pth, the object posix.system",
    "module.pth, the object __main__.Net",
    "legacy-module.pth, the object __main__.Net",
    "options.pth, the object argparse.Namespace"
  })
  void refusesObjectsByTheirNames(String name, String what) {
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot read weights in ")
        .hasMessageContaining(name + ": it holds " + what + ", which is code or needs code")
        .hasMessageContaining("torch.save(model.state_dict(), ");
    assertThat(Path.of("it-ran")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"complex.pth, torch.ComplexFloatStorage", "float8.safetensors, F8_E4M3"})
  void namesTypesThatItDoesNotRead(String name, String type) {
    assertThatThrownBy(() -> open(name))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("of the type " + type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zip-1.13.pth",
        "zip-2.15.pth",
        "legacy.pth",
        "checkpoint.pth",
        "foreign.safetensors"
      })
  void refusesTruncatedFilesAtAnyLength(String name) throws Exception {
    byte[] whole = bytes(name);
    for (int length = 0; length < whole.length; length += 1 + length / 40) {
      Path cut = write("cut", Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> readAll(cut)).isInstanceOf(CannotException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zip-1.13.pth",
        "zip-2.15.pth",
        "legacy.pth",
        "checkpoint.pth",
        "foreign.safetensors"
      })
  void readsOrRefusesDamagedFiles(String name) throws Exception {
    byte[] whole = bytes(name);
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= i % 3; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        readAll(write("damaged", damaged));
      } catch (CannotException refused) {
        assertThat(refused).hasMessageStartingWith("Cannot read weights in ");
      }
    }
  }

  @Test
  void noticesADamagedValueOfAZip() throws Exception {
    byte[] whole = bytes("zip-2.15.pth");
    try (WeightsFile file = open("zip-2.15.pth")) {
      whole[(int) tensor(file, "conv.weight").values().from() + 2] ^= 1;
    }
    assertThatThrownBy(() -> readAll(write("damaged", whole)))
        .hasMessageContaining("its checksum is wrong");
  }

  @Test
  void refusesWhatIsNoFileOfWeights() throws Exception {
    assertThatThrownBy(
            () -> readAll(write("text", "<!DOCTYPE html><html>".getBytes(StandardCharsets.UTF_8))))
        .hasMessageContaining("it is neither safetensors nor a file of PyTorch's");
    assertThatThrownBy(() -> readAll(write("empty", new byte[0])))
        .hasMessageContaining("it has only 0 bytes");
    assertThatThrownBy(() -> readAll(folder)).isInstanceOf(CannotException.class);
    assertThatThrownBy(() -> readAll(folder.resolve("none"))).isInstanceOf(CannotException.class);
  }

  @Test
  void readsRealFiles() {
    Path real = RealData.path("weights/efficientnet-lite0.pth");
    try (WeightsFile file = WeightsFile.open(real.toUri())) {
      assertThat(file.sha256())
          .isEqualTo("579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db");
      assertThat(file.stored().tensors().size() + file.stored().counters()).isEqualTo(296);
      long weights = 0;
      for (StoredTensor tensor : file.stored().tensors()) {
        float[] read = file.values(tensor);
        weights += tensor.name().contains("running") ? 0 : read.length;
      }
      assertThat(weights).isEqualTo(4_652_008);
    }
    Path halves = RealData.path("weights/vgg16-trunk-fp16.safetensors");
    try (WeightsFile file = WeightsFile.open(halves.toUri())) {
      assertThat(file.stored().tensors()).hasSize(26);
      file.stored().tensors().forEach(file::values);
    }
  }

  private static void readAll(Path path) {
    try (WeightsFile file = WeightsFile.open(path.toUri())) {
      // A view that repeats one value may be as large as an array; networks ask for no such tensor.
      file.stored().tensors().stream()
          .filter(tensor -> tensor.size() < LARGE)
          .forEach(file::values);
    }
  }

  private WeightsFile open(String resource) throws IOException {
    return WeightsFile.open(write(resource, bytes(resource)).toUri());
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream in = WeightsFileTest.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    }
  }

  private static StoredTensor tensor(WeightsFile file, String name) {
    return file.stored().tensors().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static float[] values(WeightsFile file, String name) {
    return file.values(tensor(file, name));
  }

  private static float[] ramp(int size, double first) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (first + i / 8.0);
    }
    return values;
  }
}
