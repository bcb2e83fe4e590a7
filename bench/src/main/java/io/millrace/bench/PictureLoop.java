package io.millrace.bench;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.codec.Background;
import io.millrace.jobs.image.codec.Decoded;
import io.millrace.jobs.image.codec.Decoder;
import io.millrace.jobs.image.codec.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Decodes pictures in memory, one after the other. Prints a checksum of all pixels, then pictures a
 * second of CPU time.
 */
final class PictureLoop {
  static final String DECODE = "decode";
  static final String RESIZE = "resize";

  private static final long MEGA = 1_000_000;
  private static final int MOST = 128;
  private static final Sizing SIZING = new Sizing.Cropped(256, 224);

  private PictureLoop() {}

  /**
   * @param arguments {@code decode} or {@code resize}, a file of paths
   */
  public static void main(String[] arguments) throws IOException {
    boolean resize = arguments[0].equals(RESIZE);
    List<byte[]> files = new ArrayList<>();
    for (String path : Files.readAllLines(Path.of(arguments[1]))) {
      files.add(Files.readAllBytes(Path.of(path)));
    }
    Limits usual = new Limits(MOST * MEGA, MOST * MEGA);
    Decoder decoder = new Decoder(3, Background.WHITE, false, usual);
    CRC32 checksum = new CRC32();
    for (byte[] file : files) {
      try (Decoded decoded = decoder.open(file)) {
        checksum.update((resize ? decoded.resized(SIZING) : decoded.image()).pixels());
      }
    }
    System.out.println(checksum.getValue());
    double seconds =
        Passes.cpuSeconds(resize ? () -> resize(decoder, files) : () -> decode(decoder, files));
    System.out.println(files.size() / seconds);
  }

  /** To pixels outside the heap. */
  private static void decode(Decoder decoder, List<byte[]> files) throws IOException {
    long pixels = 0;
    for (byte[] file : files) {
      try (Decoded decoded = decoder.open(file)) {
        pixels += (long) decoded.height() * decoded.width();
      }
    }
    require(pixels > 0);
  }

  /** To an image in the heap. */
  private static void resize(Decoder decoder, List<byte[]> files) throws IOException {
    long pixels = 0;
    for (byte[] file : files) {
      try (Decoded decoded = decoder.open(file)) {
        Image image = decoded.resized(SIZING);
        pixels += image.pixels().length;
      }
    }
    require(pixels > 0);
  }

  private static void require(boolean worked) {
    if (!worked) {
      throw new IllegalStateException("nothing was decoded");
    }
  }
}
