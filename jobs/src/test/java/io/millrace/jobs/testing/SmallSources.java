package io.millrace.jobs.testing;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.codec.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small pictures, and the archives and files that hold such. */
public final class SmallSources {
  private static final int SIDE = 8;

  private SmallSources() {}

  /** A JPEG file; another seed gives another. */
  public static byte[] jpeg(long seed) {
    return Encoder.jpeg(noise(seed, SIDE, SIDE), 90);
  }

  /** A PNG file; another seed gives another. */
  public static byte[] png(long seed, int height, int width) {
    return Encoder.png(noise(seed, height, width));
  }

  private static Image noise(long seed, int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    new Random(seed).nextBytes(pixels);
    return new Image(3, height, width, pixels);
  }

  /** Writes a file; folders in between are made. */
  public static Path file(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }

  /** Names and bytes in turn. */
  public static Map<String, byte[]> files(Object... namesAndBytes) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < namesAndBytes.length; i += 2) {
      files.put((String) namesAndBytes[i], (byte[]) namesAndBytes[i + 1]);
    }
    return files;
  }

  /** An archive of these files in this order. */
  public static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** An idx file of pictures that claims {@code items} and holds these bytes. */
  public static byte[] idxPictures(int items, int height, int width, byte[] pixels) {
    return ByteBuffer.allocate(16 + pixels.length)
        .putInt(0x803)
        .putInt(items)
        .putInt(height)
        .putInt(width)
        .put(pixels)
        .array();
  }

  /** An idx file of labels that claims {@code items} and holds these. */
  public static byte[] idxLabels(int items, int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length).putInt(0x801).putInt(items);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }
}
