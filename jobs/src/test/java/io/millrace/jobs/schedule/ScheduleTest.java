package io.millrace.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.millrace.jobs.optimiser.Hyper;
import io.millrace.pipeline.job.Extent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
        new OneCycle(
            1, 0.1, List.of(0.95, 0.85), Extent.share((0.3 * steps - 1) / last), 25, 2.5e5);
    for (double[] row : torch) {
      Hyper at = same.at(row[0] / last);
      assertThat(at.learningRate()).as("step %s", row[0]).isCloseTo(row[1], within(1e-12));
      assertThat(at.momentum()).as("step %s", row[0]).isCloseTo(row[2], within(1e-12));
    }
  }

  @Test
  void warmUpMayBeNothingOrEverything() {
    OneCycle falling = new OneCycle(1, 1, List.of(0.9, 0.8), Extent.share(0), 25, 1e5);
    assertThat(falling.at(0)).isEqualTo(new Hyper(1, 0.8));
    OneCycle rising = new OneCycle(1, 1, List.of(0.9, 0.8), Extent.share(1), 25, 1e5);
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

  static List<Arguments> torchSchedulers() {
    double steps = 90;
    return List.of(
        arguments("step", new Step(90, 0.1, 30, 0.1, 0.9, Extent.NONE), steps),
        arguments("cosine", new Cosine(3, List.of(0.1, 0.001), 0.9, Extent.NONE), steps),
        arguments("linear", new LinearSchedule(3, List.of(0.1, 0.001), 0.9, Extent.NONE), steps),
        arguments("exponential", phase(new Decay.Exponential()), steps),
        arguments("polynomial", phase(new Decay.Polynomial(0.9)), steps),
        arguments("one-cycle-linear", linearCycle(5, 20), 100.0));
  }

  private static Phases phase(Decay decay) {
    boolean toZero = decay instanceof Decay.Polynomial;
    return new Phases(
        List.of(
            new SchedulePhase(
                2,
                toZero ? List.of(0.1) : List.of(0.1, 0.001),
                Optional.of(decay),
                List.of(0.9),
                Optional.empty(),
                Optional.empty())));
  }

  private static OneCycle linearCycle(double epochs, double pct) {
    return new OneCycle(
        epochs, 1.3, List.of(0.95, 0.85), Extent.share(0.25), 20, 1e5, OneCycle.Shape.LINEAR, pct);
  }

  /** The script that made the values stands beside them. */
  @ParameterizedTest
  @MethodSource("torchSchedulers")
  void equalsTorchsScheduler(String name, Schedule schedule, double steps) throws IOException {
    List<double[]> rows = torch(name);
    assertThat(rows).isNotEmpty();
    for (double[] row : rows) {
      Hyper at = schedule.at(row[0] / steps);
      assertThat(at.learningRate()).as("step %s", row[0]).isCloseTo(row[1], within(1e-12));
      assertThat(at.momentum()).as("step %s", row[0]).isCloseTo(row[2], within(1e-12));
    }
  }

  /** All but the small start of its first cycle, which PyTorch does not have. */
  @Test
  void sgdrEqualsTorchsWarmRestartsAfterItsFirstCycle() throws IOException {
    Sgdr sgdr = new Sgdr(3, 1, 2, 0.1, 0.9);
    assertThat(sgdr.epochs()).isEqualTo(7);
    for (double[] row : torch("sgdr")) {
      if (row[0] >= 10) {
        assertThat(sgdr.at(row[0] / 70).learningRate())
            .as("step %s", row[0])
            .isCloseTo(row[1], within(1e-12));
      }
    }
    assertThat(sgdr.at(0.04 / 7).learningRate()).isCloseTo(0.001, within(1e-15));
    assertThat(sgdr.at(0.05 / 7).learningRate()).isCloseTo(0.1, within(1e-12));
    assertThat(sgdr.at(0.525 / 7).learningRate()).isCloseTo(0.05, within(1e-12));
  }

  private static List<double[]> torch(String name) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ScheduleTest.class.getResourceAsStream("torch_schedules.csv")),
                StandardCharsets.US_ASCII))) {
      return lines
          .lines()
          .map(line -> line.split(",", -1))
          .filter(fields -> fields[0].equals(name))
          .map(fields -> Arrays.stream(fields).skip(1).mapToDouble(Double::parseDouble).toArray())
          .toList();
    }
  }

  /** Lesson 13's {@code 1cycle(length, lr, div, pct, max_mom, min_mom)}. */
  @Test
  void linearCycleHasTwoEqualLinesAndATail() {
    OneCycle cycle = linearCycle(30, 20);
    assertThat(cycle.at(0)).isEqualTo(new Hyper(1.3 / 20, 0.95));
    assertThat(cycle.at(0.2).learningRate()).isCloseTo((1.3 + 1.3 / 20) / 2, within(1e-12));
    assertThat(cycle.at(0.4)).isEqualTo(new Hyper(1.3, 0.85));
    assertThat(cycle.at(0.8).learningRate()).isCloseTo(1.3 / 20, within(1e-12));
    assertThat(cycle.at(0.9).momentum()).isEqualTo(0.95);
    assertThat(cycle.at(1).learningRate()).isCloseTo(1.3 / 2000, within(1e-12));
  }

  @Test
  void slantedTriangleRisesOverOneCutOfTheTraining() {
    UseClr clr = new UseClr(30, 1.3, 20, 20, 0.9);
    assertThat(clr.at(0).learningRate()).isEqualTo(1.3 / 20);
    assertThat(clr.at(0.05).learningRate()).isEqualTo(1.3);
    assertThat(clr.at(0.525).learningRate()).isCloseTo((1.3 + 1.3 / 20) / 2, within(1e-12));
    assertThat(clr.at(1).learningRate()).isCloseTo(1.3 / 20, within(1e-12));
  }

  @Test
  void warmUpRisesFromZeroForItsEpochsOrShare() {
    for (Extent warmUp : List.of(Extent.of(1), Extent.share(0.1))) {
      Cosine cosine = new Cosine(10, List.of(0.1), 0.9, warmUp);
      assertThat(cosine.at(0).learningRate()).isZero();
      assertThat(cosine.at(0.05).learningRate()).isCloseTo(0.05, within(1e-12));
      assertThat(cosine.at(0.1).learningRate()).isCloseTo(0.1, within(1e-12));
      assertThat(cosine.at(0.55).learningRate()).isCloseTo(0.05, within(1e-12));
      assertThat(cosine.at(1).learningRate()).isCloseTo(0, within(1e-15));
    }
    assertThat(new Constant(4, 0.2, 0.9, Extent.of(2)).at(0.25).learningRate())
        .isCloseTo(0.1, within(1e-12));
    Step step = new Step(6, 0.1, 2, 0.1, 0.9, Extent.of(1));
    assertThat(step.at(0.25).learningRate()).isCloseTo(0.1, within(1e-12));
    assertThat(step.at(0.34).learningRate()).isCloseTo(0.01, within(1e-12));
  }

  /** The formulas of fast.ai's lesson 13, each in a phase of its own. */
  @Test
  void phasesFollowOneAnother() {
    Phases phases =
        new Phases(
            List.of(
                new SchedulePhase(
                    1,
                    List.of(0.01),
                    Optional.empty(),
                    List.of(0.9),
                    Optional.empty(),
                    Optional.empty()),
                new SchedulePhase(
                    1,
                    List.of(0.01, 0.001),
                    Optional.of(new Decay.Cosine()),
                    List.of(0.95, 0.85),
                    Optional.of(new Decay.Linear()),
                    Optional.empty()),
                new SchedulePhase(
                    2,
                    List.of(0.4),
                    Optional.of(new Decay.Polynomial(2)),
                    List.of(0.8, 0.6),
                    Optional.empty(),
                    Optional.empty())));
    assertThat(phases.epochs()).isEqualTo(4);
    assertThat(phases.at(0.2)).isEqualTo(new Hyper(0.01, 0.9));
    assertThat(phases.at(0.375).learningRate()).isCloseTo(0.0055, within(1e-12));
    assertThat(phases.at(0.375).momentum()).isCloseTo(0.9, within(1e-12));
    assertThat(phases.at(0.75).learningRate()).isCloseTo(0.1, within(1e-12));
    assertThat(phases.at(0.75).momentum()).as("decays as the rate").isCloseTo(0.65, within(1e-12));
    assertThat(phases.at(1).learningRate()).isZero();
    assertThat(phases.at(1).momentum()).isEqualTo(0.6);
  }

  @Test
  void refusesWhatCanNotBeTrainedBy() {
    assertRefused(() -> new Constant(2, 0.1, 0.9, Extent.of(2)), "Cannot warm up for 2 epochs");
    assertRefused(
        () -> new Cosine(2, List.of(0.1, 0.2, 0.3), 0.9, Extent.NONE), "lr = [0.1, 0.2, 0.3]");
    assertRefused(() -> new LinearSchedule(2, List.of(-0.1), 0.9, Extent.NONE), "of 0 or more");
    assertRefused(() -> new Phases(List.of()), "Cannot train without phases");
    assertRefused(
        () ->
            new SchedulePhase(
                1,
                List.of(0.1),
                Optional.of(new Decay.Exponential()),
                List.of(0.9),
                Optional.empty(),
                Optional.empty()),
        "exponential decay from 0.1 to 0.0");
    assertRefused(
        () -> new OneCycle(2, 0.1, List.of(0.9, 0.8), Extent.of(3), 25, 1e5),
        "Cannot warm up for 3 epochs: the training has 2");
    assertRefused(
        () ->
            new OneCycle(
                2, 0.1, List.of(0.9, 0.8), Extent.share(0.3), 25, 1e5, OneCycle.Shape.LINEAR, 10),
        "shape = linear");
    assertRefused(
        () ->
            new OneCycle(
                2, 0.1, List.of(0.9, 0.8), Extent.share(0.25), 25, 1e5, OneCycle.Shape.COSINE, 20),
        "shape = cosine");
  }

  private static void assertRefused(ThrowingCallable making, String why) {
    assertThatThrownBy(making)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
