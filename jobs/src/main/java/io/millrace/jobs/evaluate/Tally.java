package io.millrace.jobs.evaluate;

import io.millrace.jobs.model.Model;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.pipeline.CannotException;
import java.io.Serializable;

/**
 * Counts over predictions, in memory that does not grow with their number. All of it is whole
 * numbers or bounded rankings of a total order, so that merging tallies of any parts of a dataset
 * in any order gives the same.
 */
final class Tally implements Serializable {
  private static final long serialVersionUID = 1L;

  // Where the truth was given probability 0 the loss would be infinite: the smallest float bounds
  // it, at 103.3 nats.
  private static final float LEAST = Float.MIN_VALUE;

  private final int classes;
  private final int topK;
  private final Confusion confusion;
  private final Calibration calibration = new Calibration();
  private final Ranking mistakes;
  private final Ranking leastSure;
  private long unlabelled;
  private long topKRight;
  private long loss;

  /**
   * @param topK 1..classes
   * @param listed how many mistakes and least sure to keep
   */
  Tally(int classes, int topK, int listed) {
    this.classes = classes;
    this.topK = topK;
    this.confusion = new Confusion(classes);
    this.mistakes = new Ranking(Ranking.By.LOSS, listed);
    this.leastSure = new Ranking(Ranking.By.DOUBT, listed);
  }

  /**
   * @param first the position of the minibatch's first picture in the split
   * @param probabilities {@code [N, classes]}, row-major
   * @throws CannotException if a probability is no number or a label no class, naming the picture
   */
  void add(long first, Minibatch batch, float[] probabilities) {
    for (int i = 0; i < batch.size(); i++) {
      String id = batch.ids().get(i);
      int label = batch.ints(Minibatch.LABELS).at(i);
      if (label == -1) {
        unlabelled++;
      } else if (label < -1 || label >= classes) {
        throw new CannotException(
            "evaluate on picture " + id,
            "its label is %d where there are %d classes; ingest the dataset again"
                .formatted(label, classes));
      } else {
        add(verdict(first + i, id, label, probabilities, i * classes), probabilities, i * classes);
      }
    }
  }

  void merge(Tally other) {
    confusion.merge(other.confusion);
    calibration.merge(other.calibration);
    mistakes.merge(other.mistakes);
    leastSure.merge(other.leastSure);
    unlabelled += other.unlabelled;
    topKRight += other.topKRight;
    loss = Math.addExact(loss, other.loss);
  }

  int topK() {
    return topK;
  }

  long unlabelled() {
    return unlabelled;
  }

  long topKRight() {
    return topKRight;
  }

  /** Sum of the cross-entropies in nats, as {@link FixedPoint}. */
  long loss() {
    return loss;
  }

  Confusion confusion() {
    return confusion;
  }

  Calibration calibration() {
    return calibration;
  }

  Ranking mistakes() {
    return mistakes;
  }

  Ranking leastSure() {
    return leastSure;
  }

  /** The cross-entropy of one picture in nats, 0..103.3, by the probability of its true class. */
  static double loss(float truth) {
    // StrictMath: the same bits on any processor and under any compiler.
    return Math.max(0, -StrictMath.log(Math.max(truth, LEAST)));
  }

  private void add(Verdict verdict, float[] probabilities, int from) {
    confusion.add(verdict.label(), verdict.predicted());
    loss = Math.addExact(loss, FixedPoint.units(loss(verdict.truth())));
    if (rank(verdict.label(), probabilities, from) < topK) {
      topKRight++;
    }
    calibration.add(verdict);
    leastSure.offer(verdict);
    if (!verdict.right()) {
      mistakes.offer(verdict);
    }
  }

  private Verdict verdict(long position, String id, int label, float[] probabilities, int from) {
    int best = 0;
    for (int i = 0; i < classes; i++) {
      float probability = probabilities[from + i];
      if (!Float.isFinite(probability)) {
        throw Model.diverged("evaluate the model", probability, id);
      }
      if (probability > probabilities[from + best]) {
        best = i;
      }
    }
    return new Verdict(
        position, id, label, best, probabilities[from + label], probabilities[from + best]);
  }

  /** How many classes come before the label, from the likeliest; of equals the first is first. */
  private int rank(int label, float[] probabilities, int from) {
    float truth = probabilities[from + label];
    int before = 0;
    for (int i = 0; i < classes; i++) {
      float probability = probabilities[from + i];
      if (probability > truth || (probability == truth && i < label)) {
        before++;
      }
    }
    return before;
  }
}
