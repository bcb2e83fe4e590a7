package io.millrace.jobs.container;

import static io.millrace.jobs.container.SmallTars.LONG;
import static io.millrace.jobs.container.SmallTars.RECORD;
import static io.millrace.jobs.container.SmallTars.files;
import static io.millrace.jobs.container.SmallTars.scan;
import static io.millrace.jobs.container.SmallTars.signed;
import static io.millrace.jobs.container.SmallTars.small;
import static io.millrace.jobs.container.SmallTars.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.jobs.container.SmallTars.Found;
import io.millrace.jobs.container.SmallTars.Place;
import io.millrace.jobs.files.ReadAt;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are cut, changed or malicious. */
class TarDamageTest {
  @Test
  void reportsTruncationAtEveryLength() throws IOException {
    byte[] archive = small();
    Found whole = scan(archive);
    for (int length = 0; length < archive.length; length++) {
      Found found = scan(Arrays.copyOf(archive, length));
      int end = length;
      assertThat(found.files())
          .isEqualTo(
              whole.files().stream().filter(it -> it.offset() + it.length() <= end).toList());
      assertThat(found.damage()).hasSize(1).first().asString().startsWith("the archive ends early");
    }
  }

  @Test
  void reportsTruncationBetweenEntries() throws IOException {
    assertThat(scan(Arrays.copyOf(small(), 2 * RECORD)).damage())
        .containsExactly("the archive ends early, 0");
    assertThat(scan(new byte[0]).damage()).containsExactly("the archive ends early, 0");
  }

  @Test
  void stopsAtWrongHeaderChecksum() throws IOException {
    byte[] archive = small();
    int second = 2 * RECORD;
    archive[second] ^= 1;
    Found found = scan(archive);
    assertThat(found.names()).containsExactly("a.jpg");
    assertThat(found.damage())
        .containsExactly("the archive is damaged, " + (archive.length - second));
  }

  @Test
  void reportsZeroBlocksBeforeTheEndAsDamage() throws IOException {
    byte[] archive = small();
    Arrays.fill(archive, 2 * RECORD, 5 * RECORD, (byte) 0);
    assertThat(scan(archive).damage())
        .containsExactly("the archive is damaged, " + (archive.length - 2 * RECORD));
  }

  @Test
  void reportsRandomBytesAsDamage() throws IOException {
    byte[] noise = new byte[5000];
    new Random(4).nextBytes(noise);
    assertThat(scan(noise).damage()).containsExactly("the archive is damaged, 5000");
  }

  @Test
  void hugeClaimedSizeTakesNoMemory() throws IOException {
    for (char type : "0LKxgXS5".toCharArray()) {
      byte[] archive = small();
      archive[156] = (byte) type;
      TarUtils.formatLongOctalOrBinaryBytes(1L << 50, archive, 124, 12);
      Found found = scan(signed(archive, 0));
      assertThat(found.damage()).hasSize(1);
    }
  }

  @Test
  void stopsAtTooManyHeadersBeforeAnEntry() throws IOException {
    byte[] archive = new byte[200_000 * RECORD];
    byte[] header = signed(Arrays.copyOf(small(), RECORD), 0);
    header[156] = 'x';
    Arrays.fill(header, 124, 135, (byte) '0');
    signed(header, 0);
    for (int at = 0; at < archive.length; at += RECORD) {
      System.arraycopy(header, 0, archive, at, RECORD);
    }
    assertThat(scan(archive).damage()).containsExactly("the archive is damaged, " + archive.length);
  }

  @Test
  void readFailureIsNotReportedAsDamage() throws IOException {
    byte[] archive = small();
    ReadAt failing =
        new ReadAt() {
          @Override
          public long length() {
            return archive.length;
          }

          @Override
          public void read(long position, byte[] into, int at, int length) throws IOException {
            throw new EOFException("the network is down");
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> scan(failing, 0, archive.length)).hasMessage("the network is down");
  }

  @ParameterizedTest
  @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
  void randomDamageNeverCrashesOrHangs(int longNames) throws IOException {
    Bytes sound = new Bytes(tar(longNames, files()));
    Bytes outer = new Bytes(tar(longNames, Map.of(LONG + "inner.tar", sound.content())));
    Random random = new Random(2);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          int passed = 0;
          for (int i = 0; i < 2000; i++) {
            Bytes damaged = (i % 2 == 0 ? sound : outer).damaged(random, RECORD, RECORD);
            if (i % 4 > 1) {
              // With checksums that agree, damage gets as far as into Commons Compress.
              for (int at = 0; at <= damaged.length() - RECORD; at += RECORD) {
                if (damaged.content()[at] != 0) {
                  signed(damaged.content(), at);
                }
              }
            }
            Found found = scan(damaged, 0, damaged.length());
            for (Place each : found.files()) {
              scan(damaged, each.offset(), each.length());
            }
            passed += found.damage().isEmpty() ? 1 : 0;
          }
          assertThat(passed).isBetween(1, 1900);
        });
  }
}
