package io.millrace.jobs.testing;

import io.millrace.jobs.image.Encoder;
import io.millrace.jobs.image.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small picture files of noise, and archives of such. */
public final class PictureFiles {
  private PictureFiles() {}

  /** A PNG; another seed gives another. */
  public static byte[] png(long seed, int height, int width) {
    return Encoder.png(noise(seed, height, width));
  }

  /** A JPEG; another seed gives another. */
  public static byte[] jpeg(long seed, int height, int width) {
    return Encoder.jpeg(noise(seed, height, width), 90);
  }

  /** A tar of these files in this order. */
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

  private static Image noise(long seed, int height, int width) {
    byte[] pixels = new byte[3 * height * width];
    new Random(seed).nextBytes(pixels);
    return new Image(3, height, width, pixels);
  }
}
