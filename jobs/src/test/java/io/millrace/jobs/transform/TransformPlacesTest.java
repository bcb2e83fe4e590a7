package io.millrace.jobs.transform;

import static io.millrace.jobs.transform.TransformPictures.apply;
import static io.millrace.jobs.transform.TransformPictures.box;
import static io.millrace.jobs.transform.TransformPictures.chain;
import static io.millrace.jobs.transform.TransformPictures.covered;
import static io.millrace.jobs.transform.TransformPictures.draws;
import static io.millrace.jobs.transform.TransformPictures.mean;
import static io.millrace.jobs.transform.TransformPictures.noisy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.PixelSource;
import io.millrace.jobs.image.PixelSource.Part;
import io.millrace.pipeline.job.Interval;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where transforms cut, erase and copy, and how much. */
class TransformPlacesTest {
  private static final Interval ALWAYS_FOUR = Interval.of(4, 4);

  @Test
  void noiseHasMeanDeviationAndRangeOfTheDataset() {
    Levels levels = new Levels(List.of(120.0), List.of(50.0), List.of(10), List.of(240));
    Chain erase = chain(new RandomErase(Interval.of(1, 1), 1));
    Augmenter augmenter = new Augmenter(erase, 1, levels);
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int i = 0; i < 100; i++) {
      for (byte pixel : augmenter.apply(new Image(1, 60, 60, new byte[3600]), draws(i)).pixels()) {
        int level = pixel & 0xFF;
        assertThat(level).isBetween(10, 240);
        sum += level;
        squares += level * level;
        count++;
      }
    }
    double mean = sum / count;
    assertThat(mean).isCloseTo(120, within(1.0));
    // Cutting the range takes a little from the deviation.
    assertThat(Math.sqrt(squares / count - mean * mean)).isCloseTo(49.3, within(1.0));
  }

  @Test
  void noiseWithoutDatasetHasTheMeanOfThePicture() {
    Image image = noisy(3, 64, 64);
    Image erased = apply(image, new RandomErase(Interval.of(1, 1), 1));
    for (int c = 0; c < 3; c++) {
      assertThat(mean(erased, c)).isCloseTo(mean(image, c), within(8.0));
    }
    assertThat(erased.pixels()).isNotEqualTo(image.pixels());
  }

  @Test
  void erasedAreaFollowsTheSetting() {
    // On black, of a dataset without black, what is covered can be counted.
    Levels bright = new Levels(List.of(128.0), List.of(20.0), List.of(1), List.of(255));
    Augmenter one = new Augmenter(chain(new RandomErase(Interval.of(1, 1), 0.25)), 1, bright);
    Augmenter upToFour = new Augmenter(chain(new RandomErase(Interval.of(0, 4), 0.25)), 1, bright);
    int[] counts = new int[5];
    for (int i = 0; i < 2000; i++) {
      Image black = new Image(1, 40, 32, new byte[40 * 32]);
      assertThat(covered(one.apply(black, draws(i)))).isEqualTo(10 * 8);
      int covered = covered(upToFour.apply(black, draws(i)));
      assertThat(covered).isBetween(0, 4 * 80);
      counts[covered == 0 ? 0 : 1]++;
    }
    // None is one of five.
    assertThat(counts[0]).isBetween(330, 470);
  }

  @Test
  void copiesComeFromThePictureItself() {
    Image image = noisy(1, 30, 30);
    Set<Byte> levels = new HashSet<>();
    for (byte pixel : image.pixels()) {
      levels.add(pixel);
    }
    Image copied = apply(image, new RandomCopy(ALWAYS_FOUR, 0.3));
    assertThat(copied.pixels()).isNotEqualTo(image.pixels());
    for (byte pixel : copied.pixels()) {
      assertThat(levels).contains(pixel);
    }
  }

  @Test
  void cutoutCoversAtMostItsSquareWithTheMean() {
    Levels levels = new Levels(List.of(77.0), List.of(20.0), List.of(0), List.of(255));
    Augmenter augmenter = new Augmenter(chain(new Cutout(8)), 1, levels);
    int whole = 0;
    for (int i = 0; i < 500; i++) {
      Image cut = augmenter.apply(new Image(1, 32, 32, new byte[1024]), draws(i));
      int covered = covered(cut);
      assertThat(covered).isBetween(16, 64);
      whole += covered == 64 ? 1 : 0;
      for (byte pixel : cut.pixels()) {
        assertThat(pixel == 0 || pixel == 77).isTrue();
      }
    }
    // Its centre lies 4 from two sides and less than 4 from the others in (25 / 32)^2 of all.
    assertThat(whole).isBetween(260, 350);
  }

  @Test
  void fixedPlacesAreUsed() {
    Image image = noisy(1, 40, 50);
    Interval end = Interval.of(1, 1);
    Image corner = apply(image, new RandomCrop(10, end, Interval.of(0, 0)));
    assertThat(corner.pixels()[0]).isEqualTo(image.pixels()[30 * 50]);
    for (int i = 0; i < 20; i++) {
      assertThat(chain(new RandomCrop(10, end, Interval.of(0, 0))).apply(image, draws(i)).pixels())
          .isEqualTo(corner.pixels());
    }
  }

  /** On black, of a dataset whose mean is white. */
  @Test
  void patchesStayWithinTheirPlaces() {
    Levels white = new Levels(List.of(255.0), List.of(0.0), List.of(255), List.of(255));
    Interval end = Interval.of(1, 1);
    Interval start = Interval.of(0, 0);
    Interval lower = Interval.of(0.5, 1);
    Augmenter erase =
        new Augmenter(chain(new RandomErase(Interval.of(1, 1), 0.25, end, start)), 1, white);
    Augmenter eraseBelow =
        new Augmenter(chain(new RandomErase(ALWAYS_FOUR, 0.25, lower, start)), 1, white);
    Augmenter cutout = new Augmenter(chain(new Cutout(8, start, end)), 1, white);
    Set<Integer> tops = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Image black = new Image(1, 40, 32, new byte[40 * 32]);
      assertThat(box(erase.apply(black, draws(i)))).containsExactly(30, 0, 40, 8);
      int[] below = box(eraseBelow.apply(black, draws(i)));
      assertThat(List.of(below[1], below[3])).containsExactly(0, 8);
      assertThat(below[0]).isGreaterThanOrEqualTo(15);
      tops.add(below[0]);
      // Its centre is the corner, and reaches four pixels from it.
      assertThat(box(cutout.apply(black, draws(i)))).containsExactly(0, 27, 4, 32);
    }
    assertThat(tops).hasSizeGreaterThan(5);
  }

  @Test
  void copiesStayWithinTheirSourceAndTarget() {
    Image image = noisy(1, 40, 40);
    Interval end = Interval.of(1, 1);
    Interval start = Interval.of(0, 0);
    RandomCopy copy = new RandomCopy(Interval.of(1, 1), 0.25, start, end, end, start);
    byte[] expected = image.pixels().clone();
    for (int y = 0; y < 10; y++) {
      System.arraycopy(image.pixels(), (30 + y) * 40, expected, y * 40 + 30, 10);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(chain(copy).apply(image, draws(i)).pixels()).isEqualTo(expected);
    }
  }

  @Test
  void resizedCropsStayWithinTheirPlaces() {
    Interval end = Interval.of(1, 1);
    Interval start = Interval.of(0, 0);
    RandomResizedCrop pinned =
        new RandomResizedCrop(8, Interval.of(0.1, 0.4), Interval.of(0.75, 1.3), end, start);
    for (int i = 0; i < 100; i++) {
      Part part = pinned.part(200, 300, draws(i), 0);
      assertThat(part.top() + part.height()).isEqualTo(200);
      assertThat(part.left()).isZero();
    }
    // Of what nothing fits, the largest part, no longer in the middle.
    Interval one = Interval.of(1, 1);
    assertThat(new RandomResizedCrop(8, one, one, start, end).part(10, 100, draws(1), 0))
        .isEqualTo(new Part(0, 90, 10, 10));
  }

  @Test
  void resizedCropsKeepAreaAndAspectWithinTheirBounds() {
    RandomResizedCrop crop =
        new RandomResizedCrop(8, Interval.of(0.08, 1), Interval.of(0.75, 4.0 / 3));
    double least = 1;
    double most = 0;
    for (int i = 0; i < 3000; i++) {
      PixelSource.Part part = crop.part(200, 300, draws(i), 0);
      double area = part.height() * part.width() / 60_000.0;
      double aspect = (double) part.width() / part.height();
      assertThat(area).isBetween(0.075, 1.0);
      assertThat(aspect).isBetween(0.72, 1.38);
      assertThat(part.top() + part.height()).isLessThanOrEqualTo(200);
      assertThat(part.left() + part.width()).isLessThanOrEqualTo(300);
      least = Math.min(least, area);
      most = Math.max(most, area);
    }
    assertThat(least).isLessThan(0.1);
    assertThat(most).isGreaterThan(0.8);
    // Nothing of the picture's shape is allowed: the largest allowed part in the middle.
    PixelSource.Part middle =
        new RandomResizedCrop(8, Interval.of(1, 1), Interval.of(1, 1)).part(10, 100, draws(1), 0);
    assertThat(middle).isEqualTo(new PixelSource.Part(0, 45, 10, 10));
  }
}
