package io.millrace.jobs.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.pipeline.card.Series;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveTest {
  @Test
  void smoothingIsAnExponentialMovingAverage() {
    // Of 100 values a twentieth is 5: each older one weighs 0.8 times as much.
    Curve smooth = of(1, 0, 0, 2).smoothed(100);
    assertThat(smooth.y()[0]).isCloseTo(1, within(1e-12));
    assertThat(smooth.y()[1]).isCloseTo(0.8 / 1.8, within(1e-12));
    assertThat(smooth.y()[2]).isCloseTo(0.64 / 2.44, within(1e-12));
    assertThat(smooth.last()).isCloseTo((0.512 + 2) / 2.952, within(1e-12));
  }

  @Test
  void smoothsLongTrainingsOverFiftyRounds() {
    Curve smooth = of(1, 0).smoothed(1_000_000);
    assertThat(smooth.y()[1]).isCloseTo(0.98 / 1.98, within(1e-12));
  }

  @Test
  void smoothingIgnoresMissingValues() {
    Curve smooth = of(Double.NaN, 1, Double.NaN, 1).smoothed(100);
    assertThat(smooth.y()[0]).isNaN();
    assertThat(Arrays.copyOfRange(smooth.y(), 1, 4))
        .containsExactly(new double[] {1, 1, 1}, within(1e-12));
  }

  @Test
  void reducesManyPointsToMeansOfNeighbours() {
    double[] x = IntStream.rangeClosed(1, 10_000).mapToDouble(i -> i).toArray();
    Curve curve = new Curve(x, Arrays.stream(x).map(i -> 3 * i).toArray());
    Series series = curve.series("s", true, 100);
    assertThat(series.x()).hasSize(100).isSorted();
    assertThat(series.x()[0]).isEqualTo(50.5);
    assertThat(series.y()[99]).isEqualTo(3 * 9_950.5);
    assertThat(curve.series("s", true, 10_000).y()).isSameAs(curve.y());
  }

  private static Curve of(double... y) {
    return new Curve(IntStream.range(0, y.length).mapToDouble(i -> i).toArray(), y);
  }
}
