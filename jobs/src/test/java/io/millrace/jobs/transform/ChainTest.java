package io.millrace.jobs.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.transform.Flip.Axis;
import io.millrace.pipeline.CannotException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {
  private static final Chain CIFAR =
      new Chain(List.of(new PadReflect(4), new RandomCrop(32), new Flip(Axis.HORIZONTAL)));

  @Test
  void padReflectEqualsNumpy() {
    // numpy.pad([[1, 2, 3], [4, 5, 6], [7, 8, 9]], 2, mode="reflect")
    Image padded =
        new Chain(List.of(new PadReflect(2)))
            .apply(new Image(1, 3, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9}), draws(0));
    assertThat(padded.pixels())
        .containsExactly(
            9, 8, 7, 8, 9, 8, 7, //
            6, 5, 4, 5, 6, 5, 4, //
            3, 2, 1, 2, 3, 2, 1, //
            6, 5, 4, 5, 6, 5, 4, //
            9, 8, 7, 8, 9, 8, 7, //
            6, 5, 4, 5, 6, 5, 4, //
            3, 2, 1, 2, 3, 2, 1);
  }

  @Test
  void flipsRowsOrColumnsHalfOfTheTime() {
    Image image = new Image(2, 2, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    Chain across = new Chain(List.of(new Flip(Axis.HORIZONTAL)));
    Chain down = new Chain(List.of(new Flip(Axis.VERTICAL)));
    int flipped = 0;
    for (int i = 0; i < 10_000; i++) {
      if (draws(i).bits(0, 0) < 0) {
        flipped++;
        assertThat(across.apply(image, draws(i)).pixels())
            .containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10);
        assertThat(down.apply(image, draws(i)).pixels())
            .containsExactly(4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9);
      } else {
        assertThat(across.apply(image, draws(i)).pixels()).isEqualTo(image.pixels());
      }
    }
    assertThat(flipped).isBetween(4_800, 5_200);
  }

  @Test
  void cropPositionsAreUniform() {
    // Each pixel of a 9 x 9 image is its own number, so that the first one tells the place.
    byte[] pixels = new byte[81];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    Chain crop = new Chain(List.of(new RandomCrop(1)));
    int[] seen = new int[81];
    int draws = 81_000;
    for (int i = 0; i < draws; i++) {
      seen[crop.apply(new Image(1, 9, 9, pixels), draws(i)).pixels()[0]]++;
    }
    double expected = draws / 81.0;
    double chiSquare = 0;
    for (int count : seen) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    // 80 degrees of freedom: 99.99 % of uniform samples lie below 137, and 0.01 % below 40.
    assertThat(chiSquare).isBetween(40.0, 137.0);
  }

  @Test
  void chainEqualsItsStepsOneByOne() {
    byte[] pixels = new byte[3 * 32 * 32];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 + i / 7);
    }
    for (int i = 0; i < 50; i++) {
      Draws draws = draws(i);
      Image whole = CIFAR.apply(new Image(3, 32, 32, pixels), draws);
      int top = draws.below(1, 0, 9);
      int left = draws.below(1, 1, 9);
      boolean flip = draws.bits(2, 0) < 0;
      for (int c = 0; c < 3; c++) {
        for (int y = 0; y < 32; y++) {
          for (int x = 0; x < 32; x++) {
            int row = reflected(y + top - 4);
            int column = reflected((flip ? 31 - x : x) + left - 4);
            assertThat(whole.pixels()[(c * 32 + y) * 32 + x])
                .isEqualTo(pixels[(c * 32 + row) * 32 + column]);
          }
        }
      }
    }
  }

  @Test
  void refusesUnsuitableSizesNamingTransformAndPosition() {
    Chain grows =
        new Chain(List.of(new RandomCrop(32), new Flip(Axis.VERTICAL), new RandomCrop(40)));
    assertThat(grows.problem().orElseThrow())
        .isEqualTo(
            "random-crop = 40 (transform 3 of 3) does not fit images that are 32x32 by then:"
                + " it can be at most 32");
    assertThat(new Chain(List.of(new RandomCrop(4), new PadReflect(4))).problem().orElseThrow())
        .contains("pad-reflect = 4 (transform 2 of 2)", "at most 3");
    assertThat(CIFAR.problem()).isEmpty();
    CIFAR.checkGives(32, 32, 32, 32);
    CIFAR.checkGives(40, 40, 32, 32);
    assertThatThrownBy(() -> CIFAR.checkGives(20, 20, 20, 20))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("random-crop = 32 (transform 2 of 3)");
    assertThatThrownBy(() -> CIFAR.checkGives(40, 40, 40, 40))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("random-crop = 32 (transform 2 of 3) makes images 32x32")
        .hasMessageContaining("but the network takes 40x40");
    assertThatThrownBy(() -> Chain.NONE.checkGives(40, 40, 32, 32))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("the chain leaves images 40x40");
    assertThat(CIFAR.problemGiving(32, 32)).isEmpty();
    assertThat(new Chain(List.of(new PadReflect(4))).problemGiving(32, 32)).isEmpty();
  }

  private static int reflected(int i) {
    int last = 31;
    return i < 0 ? -i : i > last ? 2 * last - i : i;
  }

  private static Draws draws(int i) {
    return Draws.of(1, 0, Bits.idHash("image-" + i));
  }
}
