package io.millrace.jobs.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Pictures;
import io.millrace.jobs.image.header.FileForm;
import io.millrace.jobs.image.header.Header;
import io.millrace.jobs.image.header.UnusableImageException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of file that Pillow can write, and some that it can't, against its pixels. */
class OddPicturesTest {
  @TempDir static Path folder;
  private static List<Pictures.Odd> all;

  @BeforeAll
  static void write() throws Exception {
    all = Pictures.odd(folder);
  }

  @Test
  void decodesColoursOverWhiteAsPillow() {
    compare(new Decoder(3, Background.WHITE, false, Limits.NONE), "white");
  }

  @Test
  void decodesColoursOverBlackAsPillow() {
    compare(new Decoder(3, Background.BLACK, false, Limits.NONE), "black");
  }

  @Test
  void decodesGreyLevelsAsPillow() {
    compare(new Decoder(1, Background.WHITE, false, Limits.NONE), "gray");
  }

  @Test
  void headerGivesTheFormat() throws Exception {
    SoftAssertions soft = new SoftAssertions();
    for (Pictures.Odd odd : all) {
      String name = odd.toString();
      String told =
          name.contains("_named")
              ? name.substring(0, name.indexOf('_'))
              : name.substring(name.indexOf('.') + 1);
      FileForm form = Header.of(odd.bytes()).form();
      soft.assertThat(form.toString().replace("JPEG", "JPG"))
          .as(name)
          .isEqualToIgnoringCase(told.replace("jpeg", "jpg"));
    }
    soft.assertAll();
  }

  @Test
  void headerGivesProfileCmykAlphaAndOrientation() throws Exception {
    SoftAssertions soft = new SoftAssertions();
    for (Pictures.Odd odd : all) {
      String name = odd.toString();
      Header header = Header.of(odd.bytes());
      soft.assertThat(header.icc()).as(name).isEqualTo(name.startsWith("profile"));
      soft.assertThat(header.cmyk()).as(name).isEqualTo(name.matches("(cmyk|ycck).jpg"));
      soft.assertThat(header.layered()).as(name).isEqualTo(name.contains("progressive"));
      boolean clear = name.matches(".*(clear|transparent|ga_|rgba_).*");
      soft.assertThat(header.alpha()).as(name + " has alpha").isEqualTo(clear);
      boolean turned = name.matches("turn[2-8].*");
      soft.assertThat(header.orientation() > 1).as(name).isEqualTo(turned);
    }
    soft.assertAll();
  }

  /** Written by libjpeg from the same picture: its coefficients are the same. */
  @ParameterizedTest
  @ValueSource(strings = {"arithmetic.jpg", "arithmetic_progressive.jpg", "three_scans.jpg"})
  void decodesRareJpegCodingsToTheSamePixels(String name) throws Exception {
    Image usual = Pictures.rgb(Pictures.resource("restarts.jpg"));
    assertThat(Pictures.rgb(Pictures.resource(name)).pixels()).isEqualTo(usual.pixels());
    assertThat(List.of(usual.height(), usual.width())).containsExactly(18, 24);
    // Drawn as red 9 x, green 13 y.
    assertThat((double) (usual.pixels()[5 * 24 + 5] & 0xFF)).isCloseTo(9 * 5, within(12.0));
  }

  @Test
  void samePixelsFromEightThreads() throws Exception {
    List<Image> alone = all.stream().map(OddPicturesTest::decoded).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<List<Image>>> together =
          IntStream.range(0, 8)
              .mapToObj(
                  shift ->
                      threads.submit(
                          () ->
                              // Each begins elsewhere, so that different pictures meet.
                              IntStream.range(0, all.size())
                                  .mapToObj(i -> all.get((i + 19 * shift) % all.size()))
                                  .map(OddPicturesTest::decoded)
                                  .collect(Collectors.toList())))
              .toList();
      for (int shift = 0; shift < 8; shift++) {
        List<Image> images = together.get(shift).get();
        for (int i = 0; i < images.size(); i++) {
          Image expected = alone.get((i + 19 * shift) % all.size());
          assertThat(images.get(i).pixels()).isEqualTo(expected.pixels());
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Image decoded(Pictures.Odd odd) {
    try {
      return Pictures.rgb(odd.bytes());
    } catch (UnusableImageException e) {
      throw new AssertionError(odd + ": " + e.reason(), e);
    }
  }

  private static void compare(Decoder decoder, String kind) {
    SoftAssertions soft = new SoftAssertions();
    for (Pictures.Odd odd : all) {
      try {
        Image ours = Pictures.image(decoder, odd.bytes());
        soft.assertThat(List.of(ours.height(), ours.width()))
            .as(odd + " size")
            .containsExactly(odd.height(), odd.width());
        soft.assertThat(Pictures.difference(ours, odd.expected(kind)))
            .as(odd + " " + kind)
            .isLessThanOrEqualTo(odd.tolerance());
      } catch (UnusableImageException e) {
        soft.fail(odd + ": " + e.reason());
      }
    }
    soft.assertAll();
  }
}
