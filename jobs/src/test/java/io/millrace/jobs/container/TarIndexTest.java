package io.millrace.jobs.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.testing.RealData;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarIndexTest {
  private static final int RECORD = 512;
  private static final String LONG = "c folder with a long name/".repeat(6);

  private record Place(String name, long offset, long length) {}

  /** What a scan found; every place is checked against the archive at once. */
  private record Found(long from, long end, List<Place> files, List<String> damage)
      implements TarIndex.Visitor {
    Found(long from, long length) {
      this(from, from + length, new ArrayList<>(), new ArrayList<>());
    }

    @Override
    public void file(String name, long offset, long length) {
      assertThat(offset).isBetween(from + RECORD, end);
      assertThat(length).isBetween(0L, end - offset);
      files.add(new Place(name, offset, length));
    }

    @Override
    public void damaged(String reason, long bytes) {
      assertThat(bytes).isBetween(0L, end - from);
      damage.add(reason + ", " + bytes);
    }

    List<String> names() {
      return files.stream().map(Place::name).toList();
    }
  }

  private static Found scan(ReadAt file, long from, long length) throws IOException {
    Found found = new Found(from, length);
    TarIndex.scan(file, from, length, found);
    return found;
  }

  private static Found scan(byte[] archive) throws IOException {
    return scan(new Bytes(archive), 0, archive.length);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] tar(int longNames, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, RECORD, "UTF-8")) {
      tar.setLongFileMode(longNames);
      tar.setAddPaxHeadersForNonAsciiNames(longNames == TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
      TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
      link.setLinkName(LONG);
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("a.jpg", text("a"));
    files.put("b folder/", new byte[0]);
    files.put("b folder/empty", new byte[0]);
    files.put("b folder/just a record", new byte[RECORD]);
    files.put(LONG + "one more.jpg", text("long".repeat(400)));
    files.put("\u00fcml\u00e4ut.png", text("non-ASCII"));
    return files;
  }

  private static byte[] small() throws IOException {
    return tar(TarArchiveOutputStream.LONGFILE_GNU, files());
  }

  /** Sets a header's checksum after a change to it. */
  private static byte[] signed(byte[] archive, int header) {
    Arrays.fill(archive, header + 148, header + 156, (byte) ' ');
    long sum = TarUtils.computeCheckSum(Arrays.copyOfRange(archive, header, header + RECORD));
    TarUtils.formatCheckSumOctalBytes(sum, archive, header + 148, 8);
    return archive;
  }

  @ParameterizedTest
  @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
  void findsTheFilesAndTheirBytes(int longNames) throws IOException {
    Map<String, byte[]> files = files();
    byte[] archive = tar(longNames, files);
    Found found = scan(archive);
    assertThat(found.damage()).isEmpty();
    files.remove("b folder/");
    assertThat(found.names()).containsExactlyElementsOf(files.keySet());
    for (Place place : found.files()) {
      int offset = (int) place.offset();
      assertThat(Arrays.copyOfRange(archive, offset, offset + (int) place.length()))
          .isEqualTo(files.get(place.name()));
    }
  }

  @Test
  void findsFilesOfATarInATar() throws IOException {
    byte[] inner = small();
    byte[] outer = tar(TarArchiveOutputStream.LONGFILE_GNU, Map.of("inner.tar", inner));
    Place place = scan(outer).files().get(0);
    Found found = scan(new Bytes(outer), place.offset(), place.length());
    assertThat(found.damage()).isEmpty();
    assertThat(found.files())
        .isEqualTo(
            scan(inner).files().stream()
                .map(it -> new Place(it.name(), it.offset() + place.offset(), it.length()))
                .toList());
  }

  @Test
  void aCutArchiveSaysSoWhereverItIsCut() throws IOException {
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
  void cutBetweenTwoEntriesNothingIsPassedOver() throws IOException {
    assertThat(scan(Arrays.copyOf(small(), 2 * RECORD)).damage())
        .containsExactly("the archive ends early, 0");
    assertThat(scan(new byte[0]).damage()).containsExactly("the archive ends early, 0");
  }

  @Test
  void aWrongChecksumEndsIt() throws IOException {
    byte[] archive = small();
    int second = 2 * RECORD;
    archive[second] ^= 1;
    Found found = scan(archive);
    assertThat(found.names()).containsExactly("a.jpg");
    assertThat(found.damage())
        .containsExactly("the archive is damaged, " + (archive.length - second));
  }

  @Test
  void zerosInTheMiddleAreNoEnd() throws IOException {
    byte[] archive = small();
    Arrays.fill(archive, 2 * RECORD, 5 * RECORD, (byte) 0);
    assertThat(scan(archive).damage())
        .containsExactly("the archive is damaged, " + (archive.length - 2 * RECORD));
  }

  @Test
  void whatIsNoArchiveIsDamaged() throws IOException {
    byte[] noise = new byte[5000];
    new Random(4).nextBytes(noise);
    assertThat(scan(noise).damage()).containsExactly("the archive is damaged, 5000");
  }

  @Test
  void aNameThatIsNoUtf8LosesNothing() throws IOException {
    byte[] archive = small();
    archive[0] = (byte) 0xFC;
    Found found = scan(signed(archive, 0));
    assertThat(found.damage()).isEmpty();
    assertThat(found.files()).hasSize(5);
  }

  @Test
  void aHugeClaimCostsNoMemory() throws IOException {
    for (char type : "0LKxgXS5".toCharArray()) {
      byte[] archive = small();
      archive[156] = (byte) type;
      TarUtils.formatLongOctalOrBinaryBytes(1L << 50, archive, 124, 12);
      Found found = scan(signed(archive, 0));
      assertThat(found.damage()).hasSize(1);
    }
  }

  @Test
  void manyHeadersBeforeAnEntryEndTheScan() throws IOException {
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
  void behindASparseEntryTheScanGoesOn() throws IOException {
    byte[] archive = small();
    archive[156] = 'S';
    TarUtils.formatLongOctalBytes(1 << 20, archive, 483, 12);
    Found found = scan(signed(archive, 0));
    assertThat(found.damage()).containsExactly("sparse tar entries are not supported, 1");
    assertThat(found.names()).hasSize(4).doesNotContain("a.jpg").contains("b folder/empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format=gnu", "--sparse-version=0.0", "--sparse-version=1.0"})
  void behindASparseEntryOfGnuTarTheScanGoesOn(String kind, @TempDir Path folder) throws Exception {
    Path tar = Path.of("/usr/bin/tar");
    if (!Files.isExecutable(tar)) {
      RealData.missingTool(tar + " is not installed");
    }
    try (RandomAccessFile holes = new RandomAccessFile(folder.resolve("a").toFile(), "rw")) {
      // More parts than the first header has room for.
      for (int i = 0; i < 40; i++) {
        holes.seek(i * 200_000L);
        holes.write(text("data"));
      }
    }
    Files.writeString(folder.resolve("b"), "behind it");
    List<String> command =
        new ArrayList<>(List.of(tar.toString(), "-S", "--hole-detection=raw", kind));
    command.addAll(List.of("-cf", "c.tar", "a", "b"));
    assertThat(new ProcessBuilder(command).directory(folder.toFile()).start().waitFor()).isZero();
    byte[] archive = Files.readAllBytes(folder.resolve("c.tar"));
    Found found = scan(archive);
    assertThat(found.damage())
        .singleElement()
        .asString()
        .startsWith("sparse tar entries are not supported");
    assertThat(found.names()).containsExactly("b");
    int offset = (int) found.files().get(0).offset();
    assertThat(Arrays.copyOfRange(archive, offset, offset + 9)).isEqualTo(text("behind it"));
  }

  @Test
  void aFileThatCannotBeReadIsNotCalledDamaged() throws IOException {
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
  @ValueSource(strings = {"PAX_FORMAT", "GNU_FORMAT", "USTAR_FORMAT"})
  void agreesWithPythonsTarfile(String format, @TempDir Path folder) throws Exception {
    Path archive = folder.resolve("python.tar");
    String script =
        """
        import io, sys, tarfile
        format = getattr(tarfile, sys.argv[2])
        pax = {'comment': 'global'} if format == tarfile.PAX_FORMAT else None
        with tarfile.open(sys.argv[1], 'w', format=format, pax_headers=pax) as tar:
            for i in range(60):
                folder = 'folder/' * i if format != tarfile.USTAR_FORMAT else 'f/' * i
                info = tarfile.TarInfo(folder + ('\\u00e9' if i % 3 else 'e') + '%d.jpg' % i)
                info.size = i * 97
                info.mtime = 1.5 + i if format == tarfile.PAX_FORMAT else i
                tar.addfile(info, io.BytesIO(b'x' * info.size))
            link = tarfile.TarInfo('link')
            link.type, link.linkname = tarfile.SYMTYPE, 'n' * 99
            tar.addfile(link)
            folder = tarfile.TarInfo('empty folder')
            folder.type = tarfile.DIRTYPE
            tar.addfile(folder)
        with tarfile.open(sys.argv[1]) as tar:
            for each in tar:
                if each.isreg():
                    print('%s %d %d' % (ascii(each.name), each.offset_data, each.size))
        """;
    Process python =
        new ProcessBuilder(
                RealData.python("tarfile").toString(), "-c", script, archive.toString(), format)
            .redirectErrorStream(true)
            .start();
    List<String> listed =
        new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(python.waitFor()).describedAs("%s", listed).isZero();
    try (ReadAt file = JobFiles.readAt(archive.toUri())) {
      Found found = scan(file, 0, file.length());
      assertThat(found.damage()).isEmpty();
      assertThat(found.files()).hasSize(60);
      assertThat(found.files())
          .map(
              it ->
                  "'%s' %d %d"
                      .formatted(it.name().replace("\u00e9", "\\xe9"), it.offset(), it.length()))
          .isEqualTo(listed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
  void noDamageIsWorseThanDamage(int longNames) throws IOException {
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
