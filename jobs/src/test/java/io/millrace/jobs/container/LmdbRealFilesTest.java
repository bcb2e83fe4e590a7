package io.millrace.jobs.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.testing.RealData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as LMDB itself wrote them. */
class LmdbRealFilesTest {
  /** Each key with the size of its picture. */
  private static Map<String, String> listed(Path folder, String lmdb) throws IOException {
    Map<String, String> sizes = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("keys.tsv"))) {
      List<String> fields = Arrays.asList(line.split("\t", -1));
      if (fields.get(0).equals(lmdb)) {
        assertThat(sizes.put(fields.get(1), fields.get(2))).isNull();
      }
    }
    return sizes;
  }

  /** Width and height as a WebP file's first bytes have them, checked to be as long as it says. */
  private static String webpSize(ReadAt file, long offset, long length) throws IOException {
    ByteBuffer webp = ByteBuffer.wrap(file.read(offset, 30)).order(ByteOrder.LITTLE_ENDIAN);
    String marks = new String(webp.array(), StandardCharsets.ISO_8859_1);
    assertThat(marks).matches("(?s)RIFF.{4}WEBPVP8 .*");
    assertThat(webp.getInt(4) + 8L).isEqualTo(length);
    return (webp.getShort(26) & 0x3FFF) + "x" + (webp.getShort(28) & 0x3FFF);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bedroom_train_lmdb",
        "bedroom_val_lmdb",
        "kitchen_train_lmdb",
        "kitchen_val_lmdb",
        "living_room_train_lmdb",
        "living_room_val_lmdb"
      })
  void findsEveryPictureOnce(String lmdb) throws IOException {
    Path folder = RealData.path("lsun-bedroom");
    Map<String, String> found = new TreeMap<>();
    List<String> order = new ArrayList<>();
    try (ReadAt file = JobFiles.readAt(folder.resolve(lmdb + "/data.mdb").toUri())) {
      LmdbFile index = LmdbFile.open(file);
      index.scan(
          new LmdbFile.Visitor() {
            @Override
            public void entry(byte[] key, long offset, long length) {
              order.add(new String(key, StandardCharsets.US_ASCII));
              try {
                found.put(order.get(order.size() - 1), webpSize(file, offset, length));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }

            @Override
            public void damaged(String reason, long bytes) {
              throw new AssertionError(reason);
            }
          });
      assertThat(index.entries()).isEqualTo(order.size());
    }
    assertThat(found).isEqualTo(listed(folder, lmdb));
    assertThat(order).isSorted().hasSize(found.size());
  }

  @Test
  void refusesTruncatedFile() throws IOException {
    byte[] whole = Files.readAllBytes(RealData.path("lsun-bedroom/living_room_val_lmdb/data.mdb"));
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      int length = i < 20 ? i * 1024 : random.nextInt(whole.length);
      Bytes cut = new Bytes(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> LmdbFile.open(cut))
          .isInstanceOf(DamagedException.class)
          .hasMessageMatching("it is (shorter .*: the copy is not complete|not an LMDB data file)");
    }
  }

  @Test
  void reportsDamageExactlyWhenRecordsAreLost() throws IOException {
    byte[] whole = Files.readAllBytes(RealData.path("lsun-bedroom/bedroom_val_lmdb/data.mdb"));
    Random random = new Random(5);
    for (int i = 0; i < 300; i++) {
      byte[] holed = whole.clone();
      int from = 8192 + random.nextInt(whole.length - 8192);
      Arrays.fill(holed, from, Math.min(whole.length, from + 20000), (byte) 0);
      List<String> damage = new ArrayList<>();
      List<Long> found = new ArrayList<>();
      LmdbFile index = LmdbFile.open(new Bytes(holed));
      index.scan(
          new LmdbFile.Visitor() {
            @Override
            public void entry(byte[] key, long offset, long length) {
              assertThat(offset + length).isLessThanOrEqualTo(holed.length);
              found.add(offset);
            }

            @Override
            public void damaged(String reason, long bytes) {
              damage.add(reason);
            }
          });
      assertThat(found.size() == index.entries()).isEqualTo(damage.isEmpty());
    }
  }
}
