package io.millrace.jobs.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.testing.RealData;
import io.millrace.jobs.testing.States;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {
  private static final String READER =
      """
      import json, struct, sys
      import numpy
      data = open(sys.argv[1], "rb").read()
      (length,) = struct.unpack("<Q", data[:8])
      header = json.loads(data[8:8 + length])
      for name, about in header.items():
          if name != "__metadata__":
              first, last = about["data_offsets"]
              values = numpy.frombuffer(data[8 + length + first:8 + length + last], "<f4")
              values = values.reshape(about["shape"])
              print(name, about["dtype"], values.shape, float(values.sum()), float(values.flat[-1]))
      print((8 + length) % 8, 8 + length + last == len(data))
      """;

  private final State state =
      new State(
          List.of(
              new NamedTensor("z.weight", new int[] {2, 3}, Role.TRAINABLE, ramp(6)),
              new NamedTensor("a.mean", new int[] {20000}, Role.AVERAGE, ramp(20000)),
              new NamedTensor("steps", new int[] {1}, Role.COUNT, new float[] {7})));

  @Test
  void readsBackWhatItWrote() throws IOException {
    SafeTensors read = SafeTensors.readFrom(new ByteArrayInputStream(bytes(Map.of("k", "v"))));
    States.assertSameBits(read.state(), state);
    assertThat(read.state().tensors().get(0).shape()).containsExactly(2, 3);
    assertThat(read.state().tensors().stream().map(NamedTensor::role))
        .containsExactly(Role.TRAINABLE, Role.AVERAGE, Role.COUNT);
    assertThat(read.metadata()).containsExactly(Map.entry("k", "v"));
  }

  @Test
  void refusesTruncatedAndOverlongFiles() throws IOException {
    byte[] whole = bytes(Map.of());
    for (int length : new int[] {0, 5, 20, whole.length - 1}) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> SafeTensors.readFrom(new ByteArrayInputStream(cut)))
          .isInstanceOf(IOException.class);
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> SafeTensors.readFrom(new ByteArrayInputStream(longer)))
        .hasMessage("it goes on after its last tensor");
  }

  @Test
  void pythonReadsTheFile(@TempDir Path folder) throws Exception {
    Path python = RealData.python("numpy");
    Path file = folder.resolve("weights.safetensors");
    Files.write(file, bytes(Map.of("note", "größe")));
    Process reader =
        new ProcessBuilder(python.toString(), "-c", READER, file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.lines())
        .containsExactly(
            "z.weight F32 (2, 3) 7.5 2.5",
            "a.mean F32 (20000,) 99995000.0 9999.5",
            "steps F32 (1,) 7.0 7.0",
            "0 True");
    assertThat(reader.waitFor()).isZero();
  }

  private byte[] bytes(Map<String, String> metadata) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SafeTensors(state, metadata).writeTo(out);
    return out.toByteArray();
  }

  private static float[] ramp(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i / 2f;
    }
    return values;
  }
}
