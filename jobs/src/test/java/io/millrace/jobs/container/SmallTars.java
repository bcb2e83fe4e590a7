package io.millrace.jobs.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.files.ReadAt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/** Archives for tests, and what a scan finds in one. */
final class SmallTars {
  static final int RECORD = 512;
  static final String LONG = "c folder with a long name/".repeat(6);

  record Place(String name, long offset, long length) {}

  /** What a scan found; every place is checked against the archive at once. */
  record Found(long from, long end, List<Place> files, List<String> damage)
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

  static Found scan(ReadAt file, long from, long length) throws IOException {
    Found found = new Found(from, length);
    TarIndex.scan(file, from, length, found);
    return found;
  }

  static Found scan(byte[] archive) throws IOException {
    return scan(new Bytes(archive), 0, archive.length);
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] tar(int longNames, Map<String, byte[]> files) throws IOException {
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

  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("a.jpg", text("a"));
    files.put("b folder/", new byte[0]);
    files.put("b folder/empty", new byte[0]);
    files.put("b folder/just a record", new byte[RECORD]);
    files.put(LONG + "one more.jpg", text("long".repeat(400)));
    files.put("\u00fcml\u00e4ut.png", text("non-ASCII"));
    return files;
  }

  static byte[] small() throws IOException {
    return tar(TarArchiveOutputStream.LONGFILE_GNU, files());
  }

  /** Sets a header's checksum after a change to it. */
  static byte[] signed(byte[] archive, int header) {
    Arrays.fill(archive, header + 148, header + 156, (byte) ' ');
    long sum = TarUtils.computeCheckSum(Arrays.copyOfRange(archive, header, header + RECORD));
    TarUtils.formatCheckSumOctalBytes(sum, archive, header + 148, 8);
    return archive;
  }

  private SmallTars() {}
}
