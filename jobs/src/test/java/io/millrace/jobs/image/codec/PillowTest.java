package io.millrace.jobs.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Pictures;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.testing.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real pictures, decoded and resized as Pillow does it, bit for bit. */
class PillowTest {
  @TempDir Path folder;
  private final List<String> work = new ArrayList<>();
  private final List<Path> sources = new ArrayList<>();
  private final List<Integer> channels = new ArrayList<>();
  private final List<Sizing> sizes = new ArrayList<>();

  @Test
  void photographsEqualPillowAtAllSizes() throws Exception {
    List<Path> photos = files(RealData.path("imagenet-mini/fullsize"), 40);
    for (int i = 0; i < photos.size(); i++) {
      Path photo = photos.get(i);
      want(photo, 3, "whole", new Sizing.Own());
      want(photo, 3, "shorter 256 224", shorter(256, 224));
      want(photo, 3, "shorter 128", shorter(128, 0));
      want(photo, 3, "exact 64 64", new Sizing.Exact(64, 64));
      want(photo, 1, "exact 33 517", new Sizing.Exact(33, 517));
      want(photo, 1, "whole", new Sizing.Own());
      want(photo, 3, "shorter " + (300 + i), shorter(300 + i, 0));
    }
    compare(0);
  }

  @Test
  void webpPicturesEqualPillow() throws Exception {
    Path lsun = RealData.path("lsun-bedroom/bedroom_val_lmdb/data.mdb");
    byte[] all = Files.readAllBytes(lsun);
    int found = 0;
    for (int at = 0; at < all.length - 12 && found < 20; at++) {
      if (all[at] == 'R' && all[at + 1] == 'I' && all[at + 8] == 'W' && all[at + 11] == 'P') {
        int length = (all[at + 4] & 255) | (all[at + 5] & 255) << 8 | (all[at + 6] & 255) << 16;
        Path file = folder.resolve("lsun" + found++ + ".webp");
        Files.write(file, Arrays.copyOfRange(all, at, at + length + 8));
        want(file, 3, "whole", new Sizing.Own());
        want(file, 3, "shorter 128", shorter(128, 0));
      }
    }
    assertThat(found).isEqualTo(20);
    compare(0);
  }

  /** CMYK to RGB is rounded differently by the two. */
  @Test
  void cmykPicturesDifferFromPillowByTwoLevelsAtMost() throws Exception {
    for (Path photo : files(RealData.path("imagenet-mini/odd"), 10)) {
      want(photo, 3, "whole", new Sizing.Own());
    }
    compare(2);
  }

  private void want(Path source, int channels, String operation, Sizing size) {
    Path target = folder.resolve(work.size() + ".raw");
    String mode = channels == 1 ? "L" : "RGB";
    work.add(source + "\t" + target + "\t" + mode + "\t" + operation);
    sources.add(source);
    this.channels.add(channels);
    sizes.add(size);
  }

  private void compare(int tolerated) throws Exception {
    Path list = Files.write(folder.resolve("work.tsv"), work);
    Pictures.python(folder, "pillow.py", list);
    for (int i = 0; i < work.size(); i++) {
      Decoder decoder = new Decoder(channels.get(i), Background.WHITE, false, Limits.NONE);
      Image ours;
      try (Decoded decoded = decoder.open(Files.readAllBytes(sources.get(i)))) {
        ours = decoded.resized(sizes.get(i));
      }
      byte[] theirs = Files.readAllBytes(folder.resolve(i + ".raw"));
      assertThat(Pictures.difference(ours, theirs)).as(work.get(i)).isLessThanOrEqualTo(tolerated);
    }
  }

  private static Sizing shorter(int side, int crop) {
    return crop == 0 ? new Sizing.Shorter(side) : new Sizing.Cropped(side, crop);
  }

  private static List<Path> files(Path below, int limit) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile).sorted().limit(limit).toList();
    }
  }
}
