package io.millrace.jobs.evaluate;

import io.millrace.jobs.loss.ClassScores;
import io.millrace.jobs.loss.CrossEntropy;
import io.millrace.jobs.model.Model;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.pipeline.CannotException;
import java.io.Serializable;

/**
 * Counts over predictions, in memory that does not grow with their number. It consists of whole
 * numbers and bounded rankings by a total order, so merging the tallies of a dataset's parts gives
 * the same result in any order.
 */
final class Tally implements Serializable {
  private static final long serialVersionUID = 1L;

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
   * @param listed how many mistakes and least certain predictions to keep
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
   * @throws CannotException if a probability is not a number or a label not a class; the message
   *     names the picture
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
            "its label is %d but there are only %d classes; ingest the dataset again"
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

  private void add(Verdict verdict, float[] probabilities, int from) {
    confusion.add(verdict.label(), verdict.predicted());
    loss = Math.addExact(loss, FixedPoint.units(CrossEntropy.of(verdict.truth())));
    if (new ClassScores(probabilities, from, classes).rank(verdict.label()) < topK) {
      topKRight++;
    }
    calibration.add(verdict);
    leastSure.offer(verdict);
    if (!verdict.right()) {
      mistakes.offer(verdict);
    }
  }

  private Verdict verdict(long position, String id, int label, float[] probabilities, int from) {
    for (int i = 0; i < classes; i++) {
      if (!Float.isFinite(probabilities[from + i])) {
        throw Model.diverged("evaluate the model", probabilities[from + i], id);
      }
    }
    int best = new ClassScores(probabilities, from, classes).likeliest();
    return new Verdict(
        position, id, label, best, probabilities[from + label], probabilities[from + best]);
  }
}
