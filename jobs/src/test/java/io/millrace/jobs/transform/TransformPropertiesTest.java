package io.millrace.jobs.transform;

import static io.millrace.jobs.transform.TransformPictures.apply;
import static io.millrace.jobs.transform.TransformPictures.chain;
import static io.millrace.jobs.transform.TransformPictures.draws;
import static io.millrace.jobs.transform.TransformPictures.noisy;
import static io.millrace.jobs.transform.TransformPictures.sorted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.image.Image;
import io.millrace.pipeline.CannotException;
import io.millrace.pipeline.job.Interval;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each transform guarantees, on pictures of all sizes. */
class TransformPropertiesTest {
  private static final Interval ALWAYS_FOUR = Interval.of(4, 4);
  private static final Interval LIGHT = Interval.of(-0.4, 0.4);

  /** One of every kind that keeps the size of any picture. */
  static List<Transform> keepers() {
    return List.of(
        new Flip(Flip.Axis.HORIZONTAL),
        new Zoom(Interval.of(1, 1.1)),
        new Rotate(Interval.of(-10, 10), 1),
        new Brightness(Interval.of(-0.4, 0.4), 1),
        new Contrast(Interval.of(-0.4, 0.4), 1),
        new Saturation(Interval.of(-0.4, 0.4), 1),
        new Grayscale(0.5),
        new Hue(Interval.of(-0.5, 0.5), 1),
        new ColourJitter(LIGHT, LIGHT, LIGHT, Interval.of(-0.1, 0.1), 1),
        new SideOn(1.1, 10, 0.05),
        new RandomErase(Interval.of(0, 4), 0.2),
        new RandomCopy(Interval.of(0, 4), 0.2),
        new Cutout(16));
  }

  @ParameterizedTest
  @MethodSource("keepers")
  void takesEverySizeAndDependsOnlyOnItsDraws(Transform transform) {
    int[][] sizes = {{1, 1}, {1, 3000}, {3000, 1}, {2, 7}, {32, 32}, {57, 40}};
    for (int[] size : sizes) {
      for (int channels : new int[] {1, 3}) {
        Image image = noisy(channels, size[0], size[1]);
        byte[] before = image.pixels().clone();
        Augmenter used = new Augmenter(chain(transform), channels, Levels.UNKNOWN);
        used.apply(noisy(channels, 5, 9), draws(77));
        for (int i = 0; i < 5; i++) {
          Image one = used.apply(image, draws(i));
          assertThat(List.of(one.channels(), one.height(), one.width()))
              .containsExactly(channels, size[0], size[1]);
          Image other =
              new Augmenter(chain(transform), channels, Levels.UNKNOWN).apply(image, draws(i));
          assertThat(other.pixels()).isEqualTo(one.pixels());
        }
        assertThat(image.pixels()).as("the picture itself").isEqualTo(before);
      }
    }
  }

  /** A stage whose keys are as they were gives the pixels that it gave. */
  @ParameterizedTest
  @MethodSource("longAgo")
  void pixelsEqualThoseOfEarlierVersions(Transform transform, String digest) throws Exception {
    byte[] pixels = new byte[3 * 37 * 53];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31 + i / 7 * 13);
    }
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 16; i++) {
      all.update(chain(transform).apply(new Image(3, 37, 53, pixels), Draws.of(i, 0, 5)).pixels());
    }
    assertThat(HexFormat.of().formatHex(all.digest())).isEqualTo(digest);
  }

  static Stream<Arguments> longAgo() {
    return Stream.of(
        Arguments.of(
            new ColourJitter(LIGHT, LIGHT, LIGHT, Interval.of(0, 0), 1),
            "2ac10d631b5dfe2c417fdd0d538f1e441f8d3d1b91fc98ea366d329fce6bbb88"),
        Arguments.of(
            new RandomErase(Interval.of(0, 4), 0.2),
            "31f2b3a695eb92ae6de5c7112cf03a28ea377db31846b780e2f20689eb698201"),
        Arguments.of(
            new RandomCopy(Interval.of(0, 4), 0.2),
            "0f29f2fcb2163cee3575be31391457b5eca0bd6ee9fe6475dfeff7ef7c8fbf2d"),
        Arguments.of(
            new Cutout(16), "9e9804fcce5850a5fb82f5aebf7db38aa33a7dfc1463e1992192eba3b1dfeeef"),
        Arguments.of(
            new RandomResizedCrop(24, Interval.of(0.08, 1), Interval.of(0.75, 4.0 / 3)),
            "b23754fd73a86b5fbcae018cafd3f07b1a0ad728e0bd1bdcc1b4c97305a86814"));
  }

  @Test
  void colourJitterTurnsTheHueIfAsked() {
    Image image = noisy(3, 20, 20);
    Interval no = Interval.of(0, 0);
    Interval half = Interval.of(0.5, 0.5);
    byte[] turned = apply(image, new Hue(half, 1)).pixels();
    assertThat(turned).isNotEqualTo(image.pixels());
    for (int i = 0; i < 50; i++) {
      assertThat(chain(new ColourJitter(no, no, no, half, 1)).apply(image, draws(i)).pixels())
          .isEqualTo(turned);
    }
  }

  @Test
  void serialisesEveryTransform() throws Exception {
    List<Transform> all = new ArrayList<>(keepers());
    all.add(ResizeTo.exactly(3, 4));
    all.add(new ResizeTo(Optional.of(9), Optional.of(7), Optional.empty()));
    all.add(new RandomResizedCrop(8, Interval.of(0.08, 1), Interval.of(0.75, 4.0 / 3)));
    all.add(new Dihedral(Interval.of(0, 7)));
    all.add(new Pad(4, Pad.Filling.EDGE));
    all.add(new RandomCrop(8));
    for (Transform transform : all) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(new Chain(List.of(transform)));
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(in.readObject()).isEqualTo(new Chain(List.of(transform)));
      }
    }
  }

  @Test
  void floatsEqualTheBytesThroughTheTables() {
    float[][] tables = new float[3][256];
    for (int c = 0; c < 3; c++) {
      for (int level = 0; level < 256; level++) {
        tables[c][level] = c * 1000 + level;
      }
    }
    List<Chain> chains =
        List.of(
            Chain.NONE,
            chain(new PadReflect(4), new RandomCrop(24), new Flip(Flip.Axis.HORIZONTAL)),
            chain(new Pad(4, Pad.Filling.ZERO), new RandomCrop(24)),
            chain(new CentreCrop(24), new RandomErase(ALWAYS_FOUR, 0.2)),
            chain(new SideOn(1.1, 10, 0.05), new RandomCrop(24)));
    for (Chain chain : chains) {
      Augmenter augmenter = new Augmenter(chain, 3, Levels.UNKNOWN);
      for (int i = 0; i < 20; i++) {
        Image image = noisy(3, 30, 28);
        Image bytes = augmenter.apply(image, draws(i));
        float[] floats = new float[bytes.pixels().length];
        augmenter.apply(image, draws(i), tables, bytes.height(), bytes.width(), floats);
        int plane = bytes.height() * bytes.width();
        for (int k = 0; k < floats.length; k++) {
          assertThat(floats[k]).isEqualTo(tables[k / plane][bytes.pixels()[k] & 0xFF]);
        }
      }
    }
    // As many pixels, but another shape.
    float[] room = new float[3 * 30 * 28];
    Augmenter none = new Augmenter(Chain.NONE, 3, Levels.UNKNOWN);
    assertThatThrownBy(() -> none.apply(noisy(3, 30, 28), draws(0), tables, 28, 30, room))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("makes them 30x28, but the network takes 28x30");
  }

  @Test
  void eightSymmetriesDifferAndKeepAllPixels() {
    Image image = noisy(1, 6, 6);
    Set<String> seen = new HashSet<>();
    for (int which = 0; which < 8; which++) {
      Image turned = apply(image, new Dihedral(Interval.of(which, which)));
      seen.add(Arrays.toString(turned.pixels()));
      assertThat(sorted(turned.pixels())).isEqualTo(sorted(image.pixels()));
    }
    assertThat(seen).hasSize(8);
    Image exchanged = apply(image, new Dihedral(Interval.of(4, 4)));
    assertThat(exchanged.pixels()[1 * 6 + 2]).isEqualTo(image.pixels()[2 * 6 + 1]);
    assertThat(apply(noisy(3, 2, 7), new Dihedral(Interval.of(3, 3))).width()).isEqualTo(7);
    assertThatThrownBy(() -> apply(noisy(3, 2, 7), new Dihedral(Interval.of(0, 7))))
        .hasMessageContaining("dihedral (transform 1 of 1)")
        .hasMessageContaining("takes squares");
  }

  @Test
  void zoomByOneAndRotateByZeroChangeNothing() {
    Image image = noisy(3, 31, 18);
    assertThat(apply(image, new Zoom(Interval.of(1, 1))).pixels()).isEqualTo(image.pixels());
    assertThat(apply(image, new Rotate(Interval.of(0, 0), 1)).pixels()).isEqualTo(image.pixels());
  }

  @Test
  void rotateByNinetyDegreesIsAnticlockwise() {
    Image image = noisy(3, 15, 15);
    Image turned = apply(image, new Rotate(Interval.of(90, 90), 1));
    for (int y = 0; y < 15; y++) {
      for (int x = 0; x < 15; x++) {
        // Top left shows what was top right.
        assertThat(turned.pixels()[y * 15 + x]).isEqualTo(image.pixels()[x * 15 + 14 - y]);
      }
    }
  }

  @Test
  void zoomByTwoShowsTheMiddleQuarter() {
    byte[] ramp = new byte[64 * 64];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (byte) (i % 64 * 4);
    }
    Interval middle = Interval.of(0.5, 0.5);
    Image zoomed =
        apply(new Image(1, 64, 64, ramp), new Zoom(Interval.of(2, 2), 1, middle, middle));
    // The middle half of the columns: from 16 to 48, in steps of half a column.
    for (int x = 2; x < 62; x++) {
      double source = (x + 0.5) / 2 + 16 - 0.5;
      assertThat(zoomed.pixels()[x] & 0xFF).isCloseTo((int) Math.round(source * 4), within(1));
    }
  }

  @Test
  void partsOfASetDrawByTheirOwnKeys() {
    Image image = noisy(3, 32, 32);
    SideOn set = new SideOn(1.1, 10, 0.05);
    Draws draws = draws(3);
    assertThat(chain(set).apply(image, draws).pixels())
        .isEqualTo(new Chain(set.parts()).apply(image, draws.inside(0)).pixels())
        .isNotEqualTo(new Chain(set.parts()).apply(image, draws).pixels());
  }
}
