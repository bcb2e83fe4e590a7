package io.millrace.jobs.weights;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.pipeline.CannotException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that promise what the file does not hold. */
class SafeTensorsFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':T[2],0,8},'b':T[2],4,12}}|12|its tensor b overlaps another one",
        "{'a':T[2],0,8},'b':T[2],8,16},'c':T[2],0,8}}|16|its tensor c overlaps another one",
        "{'a':T[2],0,8},'b':T[2],12,20}}|20|there is a hole of 4 bytes before its tensor b",
        "{'a':T[2],4,12}}|12|there is a hole of 4 bytes before its tensor a",
        "{'a':T[2],0,8}}|12|it goes on after its last tensor",
        "{'a':T[2],0,8}}|4|it is truncated: its tensor a ends at byte 8 of 4",
        "{'a':T[200],0,800}}|8|it is truncated: its tensor a ends at byte 800 of 8",
        "{'a':T[3],0,8}}|8|its tensor a of the type F32 and the shape [3] can't take 8 bytes",
        "{'a':T[1],8,4}}|8|its tensor a ends before it begins",
        "{'a':T[1],-4,0}}|0|its tensor a ends before it begins",
        "{'a':T[65536,65536],0,8}}|8|it describes a tensor that is too large, a",
        "{'a':T[-1],0,8}}|8|its header does not say type, shape and place of a",
        "{'a':T[99999999999999999999],0,8}}|8|its header does not say type, shape and place of a",
        "{'a':T[2],0,8},'a':T[2],0,8}}|8|Duplicate field 'a'",
        "{'a':{'dtype':'F8_E5M2','shape':[1],'data_offsets':[0,1]}}|1|its tensor a is of the type F8_E5M2",
        "{'a':{'dtype':'F32','shape':[1]}}|4|its header does not say type, shape and place of a",
        "{'a':7}|4|its header does not say type, shape and place of a",
        "[1]|4|it is not a JSON object",
      })
  void refusesHeadersThatDoNotFitTheFile(String header, int bytes, String why) throws Exception {
    String json =
        header
            .replaceAll(
                "T(\\[[^]]*]),(-?\\d+),(-?\\d+)",
                "{'dtype':'F32','shape':$1,'data_offsets':[$2,$3]")
            .replace('\'', '"');
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> WeightsFile.open(file(text.length, text, bytes).toUri()))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesLengthsOfHeadersThatCannotBe() throws Exception {
    byte[] text = "{}".getBytes(StandardCharsets.UTF_8);
    for (long length : new long[] {2L << 30, Long.MAX_VALUE, -1, 0, 100_000_001}) {
      assertThatThrownBy(() -> WeightsFile.open(file(length, text, 8).toUri()))
          .isInstanceOf(CannotException.class)
          .hasMessageContaining("its header claims to be " + length + " bytes long");
    }
    assertThatThrownBy(() -> WeightsFile.open(file(99_000_000, text, 8).toUri()))
        .hasMessageContaining("it ends within its header, which claims to be 99000000 bytes long");
  }

  private Path file(long length, byte[] header, int bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    out.write(header);
    out.write(new byte[bytes]);
    return Files.write(folder.resolve("w.safetensors"), out.toByteArray());
  }
}
