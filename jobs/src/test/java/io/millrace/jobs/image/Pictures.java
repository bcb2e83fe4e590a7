package io.millrace.jobs.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.image.codec.Background;
import io.millrace.jobs.image.codec.Decoded;
import io.millrace.jobs.image.codec.Decoder;
import io.millrace.jobs.image.codec.Limits;
import io.millrace.jobs.image.header.UnusableImageException;
import io.millrace.jobs.testing.RealData;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pictures for tests: what the scripts write, and drawn ones. */
public final class Pictures {
  private Pictures() {}

  /**
   * A file that a script wrote.
   *
   * @param tolerance how far a channel may lie from what Pillow gives
   */
  public record Odd(Path file, int tolerance, int height, int width) {
    public byte[] bytes() {
      return read(file);
    }

    /** HWC. */
    public byte[] expected(String kind) {
      return read(file.resolveSibling(file.getFileName() + "." + kind));
    }

    @Override
    public String toString() {
      return String.valueOf(file.getFileName());
    }
  }

  /** Runs a script of this package's test resources. */
  public static void python(Path folder, String script, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(RealData.python("PIL", "numpy").toString());
    command.add(folder.resolve(script).toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Files.write(folder.resolve(script), resource(script));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  /** Files of every kind. */
  public static List<Odd> odd(Path folder) throws Exception {
    python(folder, "odd_pictures.py", folder);
    List<Odd> all = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("list.tsv"))) {
      String[] cells = line.split("\t", -1);
      all.add(
          new Odd(
              folder.resolve(cells[0]),
              Integer.parseInt(cells[1]),
              Integer.parseInt(cells[2]),
              Integer.parseInt(cells[3])));
    }
    return all;
  }

  public static byte[] resource(String name) throws IOException {
    try (var in = Pictures.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** Slopes with some noise. */
  public static Image scene(int channels, int height, int width, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[channels * height * width];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width;
      int y = i / width;
      pixels[i] = (byte) ((x * 5 + y * 3) / 4 + random.nextInt(24));
    }
    return new Image(channels, height, width, pixels);
  }

  public static Decoder decoder(int channels) {
    return new Decoder(channels, Background.WHITE, false, Limits.NONE);
  }

  /** The whole picture in RGB. */
  public static Image rgb(byte[] file) throws UnusableImageException {
    return image(decoder(3), file);
  }

  public static Image image(Decoder decoder, byte[] file) throws UnusableImageException {
    try (Decoded decoded = decoder.open(file)) {
      return decoded.image();
    } catch (InterruptedIOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The largest difference between CHW and HWC pixels. */
  public static int difference(Image ours, byte[] theirs) {
    assertThat(theirs).hasSize(ours.pixels().length);
    int plane = ours.height() * ours.width();
    int largest = 0;
    for (int i = 0; i < theirs.length; i++) {
      int c = i % ours.channels();
      int mine = ours.pixels()[c * plane + i / ours.channels()] & 0xFF;
      largest = Math.max(largest, Math.abs(mine - (theirs[i] & 0xFF)));
    }
    return largest;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
