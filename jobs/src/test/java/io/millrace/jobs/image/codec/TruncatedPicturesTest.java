package io.millrace.jobs.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Pictures;
import io.millrace.jobs.image.header.FileForm;
import io.millrace.jobs.image.header.Header;
import io.millrace.jobs.image.header.UnusableImageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that end early: none may be decoded with invented pixels. */
public class TruncatedPicturesTest {
  private static final byte[] END = {(byte) 0xFF, (byte) 0xD9};

  /** Rows of blocks of a picture with halved colours. */
  private static final int BLOCK = 16;

  @TempDir static Path folder;
  private static List<Pictures.Odd> all;
  private static List<Pictures.Odd> photos;

  @BeforeAll
  static void write() throws Exception {
    all = Pictures.odd(folder);
    Pictures.python(folder, "photos.py", folder);
    photos = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("photos.tsv"))) {
      photos.add(new Pictures.Odd(folder.resolve(line), 0, 0, 0));
    }
  }

  @Test
  void refusesTruncatedPicturesOfEveryFormat() throws Exception {
    List<String> passed = new ArrayList<>();
    for (Pictures.Odd odd : all) {
      byte[] whole = Arrays.copyOf(odd.bytes(), needed(odd.bytes()));
      Image right = Pictures.rgb(whole);
      int step = Math.max(1, whole.length / 60);
      for (int length = 0; length < whole.length; length += step) {
        expectRefusal(odd + " cut to " + length, Arrays.copyOf(whole, length), right, passed);
      }
      for (int lost = 1; lost <= Math.min(30, whole.length); lost++) {
        byte[] cut = Arrays.copyOf(whole, whole.length - lost);
        expectRefusal(odd + " short of " + lost, cut, right, passed);
      }
    }
    assertThat(passed).isEmpty();
  }

  @Test
  void refusesTruncatedJpegWithEndMarker() throws Exception {
    List<String> passed = new ArrayList<>();
    for (Pictures.Odd odd : photos) {
      byte[] whole = odd.bytes();
      Image right = Pictures.rgb(whole);
      int step = Math.max(1, whole.length / 80);
      for (int length = 0; length < whole.length - 2; length += step) {
        expectRefusal(odd + " to " + length, with(whole, length, END), right, passed);
      }
      for (int lost = 1; lost < 60; lost++) {
        byte[] cut = with(whole, whole.length - 2 - lost, END);
        expectRefusal(odd + " short of " + lost, cut, right, passed);
      }
    }
    assertThat(passed).isEmpty();
  }

  @Test
  void refusesJpegWithZeroedRest() throws Exception {
    List<String> passed = new ArrayList<>();
    for (Pictures.Odd odd : photos) {
      byte[] whole = odd.bytes();
      Image right = Pictures.rgb(whole);
      int step = Math.max(1, whole.length / 60);
      for (int length = step; length < whole.length - 2; length += step) {
        byte[] zeroed = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length);
        expectRefusal(odd + " zeros from " + length, zeroed, right, passed);
      }
    }
    assertThat(passed).isEmpty();
  }

  @Test
  void refusesTruncatedJpegFollowedByAnotherPicture() throws Exception {
    List<String> passed = new ArrayList<>();
    byte[] second = photos.get(0).bytes();
    for (Pictures.Odd odd : photos) {
      byte[] whole = odd.bytes();
      Image right = Pictures.rgb(whole);
      for (int tenth = 3; tenth < 10; tenth++) {
        int length = whole.length * tenth / 10;
        byte[] spliced = with(whole, length, second);
        expectRefusal(odd + " spliced at " + length, spliced, right, passed);
        byte[] ended = with(whole, length, END);
        byte[] trailer = with(ended, ended.length, second);
        expectRefusal(odd + " ended and spliced at " + length, trailer, right, passed);
      }
    }
    assertThat(passed).isEmpty();
  }

  @Test
  void keepsTruncatedJpegsAndMarksThemRepaired() throws Exception {
    Decoder keeping = new Decoder(3, Background.WHITE, true, Limits.NONE);
    for (Pictures.Odd odd : photos) {
      byte[] whole = odd.bytes();
      Image right = Pictures.rgb(whole);
      try (Decoded kept = keeping.open(Arrays.copyOf(whole, whole.length * 3 / 4))) {
        assertThat(kept.repaired()).as(odd.toString()).isTrue();
        Image image = kept.image();
        assertThat(rightRows(image, right)).as(odd.toString()).isGreaterThan(BLOCK);
      }
      try (Decoded kept = keeping.open(whole)) {
        assertThat(kept.repaired()).isFalse();
      }
    }
  }

  @Test
  void keepsNoTruncatedPicturesButJpegs() throws Exception {
    Decoder keeping = new Decoder(3, Background.WHITE, true, Limits.NONE);
    for (Pictures.Odd odd : all) {
      byte[] whole = odd.bytes();
      if (Header.of(whole).form() != FileForm.JPEG) {
        byte[] half = Arrays.copyOf(whole, Math.min(whole.length * 2 / 3, whole.length - 20));
        assertThatThrownBy(() -> keeping.open(half))
            .as(odd.toString())
            .isInstanceOf(UnusableImageException.class);
      }
    }
  }

  /** Every byte of a PNG's pixels is covered by a checksum. */
  @Test
  void refusesPngWithDamagedPixels() throws Exception {
    List<String> passed = new ArrayList<>();
    for (Pictures.Odd odd : all) {
      byte[] whole = odd.bytes();
      if (Header.of(whole).form() == FileForm.PNG && !odd.toString().startsWith("animated")) {
        int data = at(whole, "IDAT") + 4;
        int length = at(whole, "IEND") - 8 - data;
        Image right = Pictures.rgb(whole);
        for (int i = 0; i < length; i += 1 + length / 40) {
          byte[] hole = whole.clone();
          hole[data + i] ^= 0x10;
          expectRefusal(odd + " hole at " + i, hole, right, passed);
        }
      }
    }
    assertThat(passed).isEmpty();
  }

  /** A refusal, or pixels of which at most the last row of blocks is wrong. */
  private static void expectRefusal(String what, byte[] file, Image right, List<String> passed) {
    try {
      Image image = Pictures.rgb(file);
      int rows = image.width() == right.width() ? rightRows(image, right) : 0;
      // Halved colours are blended into the row above.
      if (rows < (right.height() - 1) / BLOCK * BLOCK - 1) {
        passed.add(what + ": right rows " + rows + " of " + right.height());
      }
    } catch (UnusableImageException refused) {
      assertThat(refused.reason()).isNotBlank();
    }
  }

  private static int rightRows(Image image, Image right) {
    int plane = right.height() * right.width();
    int rows = right.height();
    for (int c = 0; c < right.channels(); c++) {
      int from = c * plane;
      int at =
          Arrays.mismatch(image.pixels(), from, from + plane, right.pixels(), from, from + plane);
      rows = at < 0 ? rows : Math.min(rows, at / right.width());
    }
    return rows;
  }

  /** How much of a file its decoder has to see. */
  private static int needed(byte[] file) {
    int end = at(file, "IEND");
    return end > 0 ? end + 8 : file.length;
  }

  private static int at(byte[] file, String name) {
    for (int i = file.length - 4; i >= 0; i--) {
      if (file[i] == name.charAt(0)
          && file[i + 1] == name.charAt(1)
          && file[i + 2] == name.charAt(2)
          && file[i + 3] == name.charAt(3)) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] with(byte[] whole, int length, byte[] tail) {
    byte[] cut = Arrays.copyOf(whole, length + tail.length);
    System.arraycopy(tail, 0, cut, length, tail.length);
    return cut;
  }
}
