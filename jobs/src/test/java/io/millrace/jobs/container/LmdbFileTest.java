package io.millrace.jobs.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.jobs.files.ReadAt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LmdbFileTest {
  private static final int PAGE = 512;
  private static final Random RANDOM = new Random(7);

  /** What a scan found; every place is checked against the file at once. */
  private record Found(long fileBytes, List<String> keys, List<long[]> places, List<String> damage)
      implements LmdbFile.Visitor {
    Found(ReadAt file) {
      this(file.length(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    @Override
    public void entry(byte[] key, long offset, long length) {
      assertThat(offset).isBetween(2L * LmdbMeta.SMALLEST_PAGE, fileBytes);
      assertThat(length).isBetween(0L, fileBytes - offset);
      keys.add(new String(key, StandardCharsets.UTF_8));
      places.add(new long[] {offset, length});
    }

    @Override
    public void damaged(String reason, long bytes) {
      assertThat(bytes).isBetween(0L, (long) LmdbMeta.LARGEST_PAGE);
      damage.add(reason);
    }
  }

  private static Found scan(byte[] file) throws IOException {
    Bytes bytes = new Bytes(file);
    Found found = new Found(bytes);
    LmdbFile.open(bytes).scan(found);
    return found;
  }

  private static SortedMap<String, byte[]> records(int count) {
    SortedMap<String, byte[]> records = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      byte[] value = new byte[i % 7 == 0 ? 700 + i : i % 50];
      RANDOM.nextBytes(value);
      records.put("key %05d".formatted(i), value);
    }
    return records;
  }

  private static ByteBuffer page(byte[] file, long number) {
    return ByteBuffer.wrap(file, (int) number * PAGE, PAGE).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer root(byte[] file) {
    return page(file, page(file, 1).getLong(128));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 100, 3000})
  void findsEveryRecordInOrder(int count) throws IOException {
    SortedMap<String, byte[]> records = records(count);
    for (int pageSize : new int[] {512, 4096, 16384}) {
      byte[] file = LmdbBuilder.of(pageSize, records);
      Found found = scan(file);
      assertThat(found.damage()).isEmpty();
      assertThat(found.keys()).containsExactlyElementsOf(records.keySet());
      for (int i = 0; i < count; i++) {
        long[] place = found.places().get(i);
        assertThat(Arrays.copyOfRange(file, (int) place[0], (int) (place[0] + place[1])))
            .isEqualTo(records.get(found.keys().get(i)));
      }
      assertThat(LmdbFile.open(new Bytes(file)).entries()).isEqualTo(count);
    }
  }

  @Test
  void findsNoRecordsInEmptyDatabase() throws IOException {
    Found found = scan(LmdbBuilder.of(PAGE, new TreeMap<>()));
    assertThat(found.keys()).isEmpty();
    assertThat(found.damage()).isEmpty();
  }

  @Test
  void refusesFilesThatAreNoLmdb() {
    for (byte[] file : List.of(new byte[0], new byte[100], new byte[1 << 17])) {
      assertThatThrownBy(() -> scan(file))
          .isInstanceOf(DamagedException.class)
          .hasMessage("it is not an LMDB data file");
    }
  }

  @Test
  void refusesTruncatedFileWithBothLengths() {
    byte[] file = LmdbBuilder.of(PAGE, records(100));
    assertThatThrownBy(() -> scan(Arrays.copyOf(file, file.length - 1)))
        .isInstanceOf(DamagedException.class)
        .hasMessage(
            "it is shorter (%d bytes) than its own index says (%d bytes): the copy is not complete",
            file.length - 1, file.length);
  }

  @Test
  void readsSecondMetaPageWhenTheFirstIsDamaged() throws IOException {
    byte[] file = LmdbBuilder.of(PAGE, records(50));
    Arrays.fill(file, 0, PAGE, (byte) 0);
    Found found = scan(file);
    assertThat(found.keys()).hasSize(50);
    assertThat(found.damage()).containsExactly("one of the file's two first pages is damaged");
  }

  @Test
  void continuesAfterDamagedPage() throws IOException {
    byte[] file = LmdbBuilder.of(PAGE, records(100));
    int all = scan(file).keys().size();
    ByteBuffer root = root(file);
    long child = root.getInt(root.getShort(18));
    page(file, child).putLong(0, 1);
    Found found = scan(file);
    assertThat(found.damage()).containsExactly("a page of the index lies where another should be");
    assertThat(found.keys()).hasSizeBetween(1, all - 1).contains("key 00000", "key 00099");
  }

  @Test
  void stopsAtBranchPageThatContainsItself() throws IOException {
    byte[] file = LmdbBuilder.of(PAGE, records(100));
    ByteBuffer root = root(file);
    page(file, 1).putShort(94, (short) 30);
    root.putInt(root.getShort(16), (int) root.getLong(0));
    assertThat(scan(file).damage()).containsExactly("a page of the index is used twice");
  }

  @Test
  void countsNodeListedTwiceOnce() throws IOException {
    byte[] file = LmdbBuilder.of(PAGE, records(5));
    root(file).putShort(18, root(file).getShort(16));
    Found found = scan(file);
    assertThat(found.keys()).doesNotHaveDuplicates();
    assertThat(found.damage()).containsExactly("a record is out of order");
  }

  @Test
  void reportsRecordOutsideTheFile() throws IOException {
    byte[] file = LmdbBuilder.of(PAGE, records(5));
    root(file).putInt(root(file).getShort(16), -1);
    Found found = scan(file);
    assertThat(found.damage()).containsExactly("a record lies outside the file");
    assertThat(found.keys()).hasSize(4);
  }

  @Test
  void reportsKeysWithSeveralValuesAsUnsupported() throws IOException {
    byte[] file = LmdbBuilder.of(PAGE, records(5));
    root(file).putShort(root(file).getShort(18) + 4, (short) 4);
    assertThat(scan(file).damage())
        .containsExactly("keys with several values and named databases are not supported");
  }

  @Test
  void reportsWrongRecordCount() throws IOException {
    byte[] file = LmdbBuilder.of(PAGE, records(5));
    page(file, 1).putLong(120, 6);
    assertThat(scan(file).damage()).containsExactly("fewer records than the index says");
    page(file, 1).putLong(120, 4);
    assertThat(scan(file).damage()).containsExactly("more records than the index says");
  }

  @Test
  void randomDamageNeverCrashesOrHangs() {
    Bytes sound = new Bytes(LmdbBuilder.of(PAGE, records(150)));
    Random random = new Random(1);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          int refused = 0;
          for (int i = 0; i < 2000; i++) {
            try {
              scan(sound.damaged(random, PAGE, 32).content());
            } catch (DamagedException expected) {
              refused++;
            }
          }
          assertThat(refused).isBetween(1, 1000);
        });
  }
}
