package io.millrace.jobs.container;

import static io.millrace.jobs.container.SmallTars.files;
import static io.millrace.jobs.container.SmallTars.scan;
import static io.millrace.jobs.container.SmallTars.signed;
import static io.millrace.jobs.container.SmallTars.small;
import static io.millrace.jobs.container.SmallTars.tar;
import static io.millrace.jobs.container.SmallTars.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.container.SmallTars.Found;
import io.millrace.jobs.container.SmallTars.Place;
import io.millrace.jobs.files.JobFiles;
import io.millrace.jobs.files.ReadAt;
import io.millrace.jobs.testing.RealData;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarIndexTest {
  @ParameterizedTest
  @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
  void findsFilesAndTheirBytes(int longNames) throws IOException {
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
  void findsFilesWhoseNamesAreNotUtf8() throws IOException {
    byte[] archive = small();
    archive[0] = (byte) 0xFC;
    Found found = scan(signed(archive, 0));
    assertThat(found.damage()).isEmpty();
    assertThat(found.files()).hasSize(5);
  }

  @Test
  void continuesAfterSparseEntry() throws IOException {
    byte[] archive = small();
    archive[156] = 'S';
    TarUtils.formatLongOctalBytes(1 << 20, archive, 483, 12);
    Found found = scan(signed(archive, 0));
    assertThat(found.damage()).containsExactly("sparse tar entries are not supported, 1");
    assertThat(found.names()).hasSize(4).doesNotContain("a.jpg").contains("b folder/empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format=gnu", "--sparse-version=0.0", "--sparse-version=1.0"})
  void continuesAfterSparseEntryOfGnuTar(String kind, @TempDir Path folder) throws Exception {
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

  @ParameterizedTest
  @ValueSource(strings = {"PAX_FORMAT", "GNU_FORMAT", "USTAR_FORMAT"})
  void findsTheSameFilesAsPythonsTarfile(String format, @TempDir Path folder) throws Exception {
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
}
