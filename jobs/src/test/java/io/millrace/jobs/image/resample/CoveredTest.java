package io.millrace.jobs.image.resample;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.jobs.image.Sizing;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Resizing so that a picture of any shape covers a result of any shape. */
class CoveredTest {
  @Test
  void squareEqualsResizingAndCropping() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      int side = 1 + random.nextInt(300);
      int height = 1 + random.nextInt(5000);
      int width = 1 + random.nextInt(5000);
      assertThat(new Sizing.Covered(side, side).frame(height, width))
          .isEqualTo(new Sizing.Cropped(side, side).frame(height, width));
    }
  }

  @Test
  void keepsAspectAndCropsBothSidesEqually() {
    Sizing low = new Sizing.Covered(20, 60);
    assertThat(low.frame(100, 100)).isEqualTo(new Sizing.Frame(60, 60, 20, 0, 20, 60));
    assertThat(low.frame(100, 600)).isEqualTo(new Sizing.Frame(20, 120, 0, 30, 20, 60));
    assertThat(low.frame(10, 30)).isEqualTo(Sizing.Frame.whole(20, 60));
  }

  @Test
  void thinAndTinyPicturesCoverTheResult() {
    int[][] sizes = {{1, 1}, {1, 60_000}, {60_000, 1}, {7, 3}, {3, 7}};
    for (int[] size : sizes) {
      Sizing.Frame frame = new Sizing.Covered(31, 47).frame(size[0], size[1]);
      assertThat(frame.top()).isNotNegative();
      assertThat(frame.left()).isNotNegative();
      assertThat(frame.top() + frame.rows()).isLessThanOrEqualTo(frame.height());
      assertThat(frame.left() + frame.columns()).isLessThanOrEqualTo(frame.width());
      assertThat(frame.rows()).isEqualTo(31);
      assertThat(frame.columns()).isEqualTo(47);
    }
  }
}
