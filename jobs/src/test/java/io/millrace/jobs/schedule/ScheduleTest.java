package io.millrace.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.jobs.schedule.Schedule.Constant;
import io.millrace.jobs.schedule.Schedule.OneCycle;
import io.millrace.pipeline.job.Share;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final OneCycle CYCLE = new OneCycle(5, 0.1, List.of(0.95, 0.85));

  @Test
  void oneCycleStartsPeaksAndEndsAtItsRates() {
    assertThat(CYCLE.at(0)).isEqualTo(new Hyper(0.1 / 25, 0.95));
    assertThat(CYCLE.at(0.25)).isEqualTo(new Hyper(0.1, 0.85));
    assertThat(CYCLE.at(1).learningRate()).isCloseTo(0.1 / 1e5, within(1e-15));
    assertThat(CYCLE.at(1).momentum()).isCloseTo(0.95, within(1e-15));
  }

  @Property
  void rateRisesThenFallsAndMomentumTheOtherWay(
      @ForAll @DoubleRange(min = 0, max = 1) double one,
      @ForAll @DoubleRange(min = 0, max = 1) double other) {
    Hyper early = CYCLE.at(Math.min(one, other));
    Hyper late = CYCLE.at(Math.max(one, other));
    if (Math.max(one, other) <= 0.25) {
      assertThat(early.learningRate()).isLessThanOrEqualTo(late.learningRate());
      assertThat(early.momentum()).isGreaterThanOrEqualTo(late.momentum());
    } else if (Math.min(one, other) >= 0.25) {
      assertThat(early.learningRate()).isGreaterThanOrEqualTo(late.learningRate());
      assertThat(early.momentum()).isLessThanOrEqualTo(late.momentum());
    }
  }

  /** Learning rate and momentum of torch.optim.lr_scheduler.OneCycleLR(max_lr=0.1, steps=21). */
  @Test
  void oneCycleEqualsTorchsWithItsDefaults() {
    double[][] torch = {
      {0, 0.0040000000000000036, 0.95},
      {1, 0.012188527098390314, 0.94147028427251},
      {3, 0.06188697369957272, 0.8897010690629451},
      {5, 0.09924306774148466, 0.8507884711026201},
      {6, 0.09944154354509119, 0.8505584586887436},
      {12, 0.056923553268744854, 0.8930766190377313},
      {20, 4e-07, 0.95}
    };
    int steps = 21;
    double last = steps - 1;
    OneCycle same =
        new OneCycle(1, 0.1, List.of(0.95, 0.85), new Share((0.3 * steps - 1) / last), 25, 2.5e5);
    for (double[] row : torch) {
      Hyper at = same.at(row[0] / last);
      assertThat(at.learningRate()).as("step %s", row[0]).isCloseTo(row[1], within(1e-12));
      assertThat(at.momentum()).as("step %s", row[0]).isCloseTo(row[2], within(1e-12));
    }
  }

  @Test
  void warmUpMayBeNothingOrEverything() {
    OneCycle falling = new OneCycle(1, 1, List.of(0.9, 0.8), new Share(0), 25, 1e5);
    assertThat(falling.at(0)).isEqualTo(new Hyper(1, 0.8));
    OneCycle rising = new OneCycle(1, 1, List.of(0.9, 0.8), new Share(1), 25, 1e5);
    assertThat(rising.at(1)).isEqualTo(new Hyper(1, 0.8));
  }

  @Test
  void constantKeepsRateAndMomentum() {
    assertThat(new Constant(3, 0.02, 0.9).at(0.7)).isEqualTo(new Hyper(0.02, 0.9));
  }

  @Test
  void refusesMomentumThatIsNoPairFromHighToLow() {
    for (List<Double> bad :
        List.of(List.of(0.9), List.of(0.8, 0.9), List.of(1.1, 0.9), List.of(0.9, -0.1))) {
      assertThatThrownBy(() -> new OneCycle(1, 0.1, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("momentum = " + bad);
    }
  }
}
