package io.millrace.jobs.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/**
 * The figures of a tally.
 *
 * @param classNames by label number
 * @param images how many are labelled; all figures are about these; at least 1
 * @param unlabelled images left out because they have no label
 * @param right how many were predicted correctly
 * @param topK the k of top-k
 * @param topKRight how many had the true class among the k most probable
 * @param loss mean cross-entropy in nats
 * @param classes figures of each class, by label number
 * @param confusion {@code [true][predicted]}
 * @param calibration bins by the probability of the predicted class
 * @param mistakes the worst, by loss
 * @param leastSure those whose most probable class has the smallest probability, right or wrong
 */
record Evaluation(
    List<String> classNames,
    long images,
    long unlabelled,
    long right,
    int topK,
    long topKRight,
    double loss,
    List<ClassFigures> classes,
    long[][] confusion,
    List<Calibration.Bin> calibration,
    List<Verdict> mistakes,
    List<Verdict> leastSure) {

  /**
   * @param tally with at least one labelled image
   */
  static Evaluation of(Tally tally, List<String> classNames) {
    long[][] confusion = tally.confusion().table();
    List<ClassFigures> classes = new ArrayList<>();
    long images = 0;
    long right = 0;
    for (int i = 0; i < confusion.length; i++) {
      long there = LongStream.of(confusion[i]).sum();
      long predicted = 0;
      for (long[] row : confusion) {
        predicted += row[i];
      }
      classes.add(new ClassFigures(classNames.get(i), there, predicted, confusion[i][i]));
      images += there;
      right += confusion[i][i];
    }
    return new Evaluation(
        classNames,
        images,
        tally.unlabelled(),
        right,
        tally.topK(),
        tally.topKRight(),
        FixedPoint.mean(tally.loss(), images),
        classes,
        confusion,
        tally.calibration().bins(),
        tally.mistakes().inOrder(),
        tally.leastSure().inOrder());
  }

  /** The share that was predicted correctly, 0..1. */
  double accuracy() {
    return (double) right / images;
  }

  /** The share that had the true class among the k most probable, 0..1. */
  double topKAccuracy() {
    return (double) topKRight / images;
  }

  /**
   * One class against all others.
   *
   * @param name of the class
   * @param images of the class
   * @param predicted images predicted to be of the class
   * @param right images of the class that were predicted correctly
   */
  record ClassFigures(String name, long images, long predicted, long right) {
    /** The share of the predictions that was right; empty if the class was never predicted. */
    OptionalDouble precision() {
      return ratio(right, predicted);
    }

    /** The share of the images that was found; empty if there are none. */
    OptionalDouble recall() {
      return ratio(right, images);
    }

    /**
     * The harmonic mean of precision and recall, 0 if nothing was right; empty if there are neither
     * images nor predictions.
     */
    OptionalDouble f1() {
      return ratio(2 * right, images + predicted);
    }

    private static OptionalDouble ratio(long part, long whole) {
      return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }
  }
}
