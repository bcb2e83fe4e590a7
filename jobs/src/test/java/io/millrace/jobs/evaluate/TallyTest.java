package io.millrace.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.pipeline.CannotException;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final List<String> NAMES = List.of("cat", "dog", "eel", "fox");

  // Worked out by hand: p0 and p1 right, p2 wrong by a tie (cat comes first), p3 wrong by far, p4
  // without a label; nothing is a fox or taken for one.
  private static final Predictions FIVE =
      Predictions.of(
          4,
          new int[] {0, 1, 1, 2, -1},
          0.70f,
          0.10f,
          0.10f,
          0.10f,
          0.00f,
          1.00f,
          0.00f,
          0.00f,
          0.40f,
          0.40f,
          0.15f,
          0.05f,
          0.05f,
          0.85f,
          0.02f,
          0.08f,
          0.25f,
          0.25f,
          0.25f,
          0.25f);

  @Test
  void countsEqualThoseWorkedOutByHand() {
    Evaluation evaluation = Evaluation.of(FIVE.tally(2, 10), NAMES);
    assertThat(evaluation.images()).isEqualTo(4);
    assertThat(evaluation.unlabelled()).isEqualTo(1);
    assertThat(evaluation.accuracy()).isEqualTo(0.5);
    assertThat(evaluation.topKAccuracy()).isEqualTo(0.75);
    assertThat(evaluation.confusion())
        .isDeepEqualTo(new long[][] {{1, 0, 0, 0}, {1, 1, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 0}});
    assertThat(evaluation.loss())
        .isCloseTo(
            -(Math.log(0.7f) + Math.log(1) + Math.log(0.4f) + Math.log(0.02f)) / 4, within(1e-8));
  }

  @Test
  void computesPrecisionRecallAndF1OfEachClass() {
    List<Evaluation.ClassFigures> classes = Evaluation.of(FIVE.tally(2, 10), NAMES).classes();
    assertThat(classes.get(0).precision()).hasValue(0.5);
    assertThat(classes.get(0).recall()).hasValue(1);
    assertThat(classes.get(0).f1()).hasValue(2.0 / 3);
    assertThat(classes.get(1).precision()).hasValue(0.5);
    assertThat(classes.get(1).recall()).hasValue(0.5);
    assertThat(classes.get(2).precision()).as("never predicted").isEqualTo(OptionalDouble.empty());
    assertThat(classes.get(2).recall()).hasValue(0);
    assertThat(classes.get(2).f1()).hasValue(0);
    assertThat(classes.get(3).recall()).as("no images").isEqualTo(OptionalDouble.empty());
    assertThat(classes.get(3).f1()).isEqualTo(OptionalDouble.empty());
  }

  @Test
  void ranksMistakesByLossAndLeastSureByTopProbability() {
    Evaluation evaluation = Evaluation.of(FIVE.tally(2, 10), NAMES);
    assertThat(evaluation.mistakes()).extracting(Verdict::id).containsExactly("p3", "p2");
    assertThat(evaluation.mistakes().get(0)).isEqualTo(new Verdict(3, "p3", 2, 1, 0.02f, 0.85f));
    assertThat(evaluation.leastSure())
        .extracting(Verdict::id)
        .containsExactly("p2", "p0", "p3", "p1");
    assertThat(Evaluation.of(FIVE.tally(2, 1), NAMES).mistakes())
        .extracting(Verdict::id)
        .containsExactly("p3");
    assertThat(Evaluation.of(FIVE.tally(2, 0), NAMES).mistakes()).isEmpty();
  }

  @Test
  void equalLossesRankByPosition() {
    Predictions equal = Predictions.of(2, new int[] {1, 1, 1}, 0.9f, 0.1f, 0.9f, 0.1f, 0.9f, 0.1f);
    assertThat(equal.tally(1, 2).mistakes().inOrder())
        .extracting(Verdict::id)
        .containsExactly("p0", "p1");
  }

  @Test
  void zeroProbabilityOfTheTruthHasBoundedLoss() {
    Predictions impossible = Predictions.of(2, new int[] {0}, 0f, 1f);
    double loss = Evaluation.of(impossible.tally(1, 1), NAMES.subList(0, 2)).loss();
    assertThat(loss).isCloseTo(103.28, within(0.01));
  }

  @Test
  void calibrationBinsByTopProbability() {
    List<Calibration.Bin> bins = FIVE.tally(1, 0).calibration().bins();
    assertThat(bins).extracting(Calibration.Bin::images).containsExactly(1L, 1L, 1L, 1L);
    assertThat(bins).extracting(Calibration.Bin::accuracy).containsExactly(0.0, 1.0, 0.0, 1.0);
    assertThat(Calibration.expectedError(bins))
        .isCloseTo((0.4 + 0.3 + 0.85 + 0.0) / 4, within(1e-7));
  }

  @Test
  void refusesNanAndNamesThePicture() {
    Predictions diverged = Predictions.of(2, new int[] {0}, Float.NaN, 0.5f);
    assertThatThrownBy(() -> diverged.tally(1, 1))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("NaN for picture p0");
  }

  @Test
  void refusesLabelOutsideTheClassesAndNamesThePicture() {
    Predictions foreign = Predictions.of(2, new int[] {2}, 0.5f, 0.5f);
    assertThatThrownBy(() -> foreign.tally(1, 1))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("picture p0")
        .hasMessageContaining("label is 2 but there are only 2 classes");
  }
}
