package io.millrace.jobs.image.resample;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Pictures;
import io.millrace.jobs.image.Sizing;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Noise of any size to any size: one process of Pillow for all. */
class ResampleTest {
  private static final int RANDOM = 400;

  @TempDir Path folder;
  private final List<Image> images = new ArrayList<>();
  private final List<Sizing.Exact> sizes = new ArrayList<>();

  @Test
  void resizesBetweenAnySizesAsPillow() throws Exception {
    Random random = new Random(11);
    int[][] odd = {
      {1, 1, 1, 1}, {1, 1, 9, 4}, {3000, 1, 7, 5}, {1, 3000, 7, 5}, {3000, 1, 1, 3000},
      {2, 2, 7, 5}, {2, 2, 1, 1}, {300, 200, 1, 1}, {37, 53, 37, 53}, {37, 53, 37, 10},
      {37, 53, 10, 53}, {3, 5, 600, 1}, {500, 3, 499, 4}, {64, 64, 63, 65}, {1000, 900, 2, 3}
    };
    for (int[] each : odd) {
      add(1, each, random);
      add(3, each, random);
    }
    for (int i = 0; i < RANDOM; i++) {
      int[] each = {side(random), side(random), side(random), side(random)};
      add(random.nextBoolean() ? 1 : 3, each, random);
    }
    byte[] theirs = pillow();
    int at = 0;
    for (int i = 0; i < images.size(); i++) {
      Image ours = new PixelsInMemory(images.get(i)).resized(sizes.get(i));
      int end = at + ours.pixels().length;
      assertThat(Pictures.difference(ours, Arrays.copyOfRange(theirs, at, end)))
          .as("%dx%d to %s", images.get(i).height(), images.get(i).width(), sizes.get(i))
          .isZero();
      at = end;
    }
    assertThat(at).isEqualTo(theirs.length);
  }

  /** Small sides are as likely as large ones. */
  private static int side(Random random) {
    return 1 + random.nextInt(1 << random.nextInt(9));
  }

  private void add(int channels, int[] each, Random random) {
    byte[] pixels = new byte[channels * each[0] * each[1]];
    if (random.nextInt(4) == 0) {
      // Extremes, where a sum may leave its range.
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) (random.nextBoolean() ? 0xFF : 0);
      }
    } else {
      random.nextBytes(pixels);
    }
    images.add(new Image(channels, each[0], each[1], pixels));
    sizes.add(new Sizing.Exact(each[2], each[3]));
  }

  private byte[] pillow() throws Exception {
    List<String> work = new ArrayList<>();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < images.size(); i++) {
      Image image = images.get(i);
      Sizing.Exact size = sizes.get(i);
      work.add(
          image.height()
              + " "
              + image.width()
              + " "
              + image.channels()
              + " "
              + size.rows()
              + " "
              + size.columns());
      int plane = image.height() * image.width();
      for (int at = 0; at < plane; at++) {
        for (int c = 0; c < image.channels(); c++) {
          all.write(image.pixels()[c * plane + at]);
        }
      }
    }
    Path list = Files.write(folder.resolve("work.txt"), work);
    Path pixels = Files.write(folder.resolve("pixels"), all.toByteArray());
    Path out = folder.resolve("out");
    Pictures.python(folder, "resize.py", list, pixels, out);
    return Files.readAllBytes(out);
  }
}
