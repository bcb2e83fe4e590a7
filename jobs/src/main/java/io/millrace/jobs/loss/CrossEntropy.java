package io.millrace.jobs.loss;

import io.millrace.jobs.loss.Measure.Unit;
import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.IntTensor;
import io.millrace.jobs.tensor.Minibatch;
import io.millrace.pipeline.CannotException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Cross-entropy of a softmax over classes, in nats, by the difference to the greatest logit so that
 * no exponential overflows. Training takes targets of any mixture; accuracy counts the examples
 * whose likeliest class is the one that their target gives the most to.
 *
 * @param classes at least 2
 */
public record CrossEntropy(int classes) implements Loss {
  /** The mean cross-entropy, in nats. */
  public static final String LOSS = "loss";

  /** The share of examples whose likeliest class is the right one, 0..1. */
  public static final String ACCURACY = "accuracy";

  // Where the truth was given probability 0 the loss would be infinite: the smallest float bounds
  // it, at 103.3 nats.
  private static final float LEAST = Float.MIN_VALUE;

  /** How far the sum of an example's targets may be from 1, since they are floats. */
  private static final double ROUNDING = 1e-4;

  /** The loss, then the accuracy. */
  public static final List<Measure> MEASURES =
      List.of(new Measure(LOSS, Unit.NATS), new Measure(ACCURACY, Unit.SHARE));

  @Override
  public List<Measure> measures() {
    return MEASURES;
  }

  /** The cross-entropy of one example in nats, 0..103.3, by the probability of its true class. */
  public static double of(float probability) {
    // StrictMath: the same bits on any processor and under any compiler.
    return Math.max(0, -StrictMath.log(Math.max(probability, LEAST)));
  }

  @Override
  public Slope slope(DoubleTensor output, Minibatch batch) {
    FloatTensor targets = targets(batch);
    int examples = batch.size();
    if (output.values().length != examples * classes) {
      throw new IllegalArgumentException(
          "Cannot take the loss of outputs of shape %s: %d examples of %d classes are expected"
              .formatted(Arrays.toString(output.shape()), examples, classes));
    }
    double[] gradient = new double[output.values().length];
    double loss = 0;
    float[] logits = floats(output.values());
    for (int i = 0; i < examples; i++) {
      loss += slope(output.values(), i * classes, targets.values(), gradient, examples);
    }
    Measures measures =
        Measures.of(examples, LOSS, loss).with(ACCURACY, correct(logits, targets.values()));
    return new Slope(measures, new DoubleTensor(gradient, output.shape()));
  }

  /**
   * How many examples have their greatest score where their target is greatest.
   *
   * @param scores {@code [N, classes]}, row-major
   * @param targets {@code [N, classes]}, row-major
   */
  public int correct(float[] scores, FloatBuffer targets) {
    float[] wanted = new float[scores.length];
    targets.get(0, wanted);
    int correct = 0;
    for (int i = 0; i < scores.length / classes; i++) {
      boolean same =
          ClassScores.of(scores, i, classes).likeliest()
              == ClassScores.of(wanted, i, classes).likeliest();
      correct += same ? 1 : 0;
    }
    return correct;
  }

  /** Softmax. */
  @Override
  public float[] predictions(DoubleTensor output) {
    double[] logits = output.values();
    float[] probabilities = new float[logits.length];
    for (int from = 0; from < logits.length; from += classes) {
      double greatest = greatest(logits, from);
      double sum = 0;
      for (int c = from; c < from + classes; c++) {
        sum += StrictMath.exp(logits[c] - greatest);
      }
      for (int c = from; c < from + classes; c++) {
        probabilities[c] = (float) (StrictMath.exp(logits[c] - greatest) / sum);
      }
    }
    return probabilities;
  }

  @Override
  public Measures measure(float[] predictions, Minibatch batch) {
    IntTensor labels = batch.ints(Minibatch.LABELS);
    int correct = 0;
    double loss = 0;
    for (int i = 0; i < batch.size(); i++) {
      int label = labels.at(i);
      if (label < 0 || label >= classes) {
        throw new CannotException(
            "validate on picture " + batch.ids().get(i),
            "its label is "
                + label
                + " but the dataset has only the classes 0 to "
                + (classes - 1));
      }
      ClassScores scores = ClassScores.of(predictions, i, classes);
      correct += scores.likeliest() == label ? 1 : 0;
      loss += of(scores.of(label));
    }
    return Measures.of(batch.size(), LOSS, loss).with(ACCURACY, correct);
  }

  /**
   * The targets of a minibatch, {@code [N, classes]}: of each example shares of the classes, 0..1,
   * that add up to 1.
   *
   * @throws IllegalArgumentException if it has none, if they have another shape, or if those of an
   *     example don't add up to 1
   */
  public FloatTensor targets(Minibatch batch) {
    if (!batch.has(Minibatch.TARGETS)) {
      throw new IllegalArgumentException(
          "Cannot train on a minibatch without targets: it is of unlabelled images");
    }
    FloatTensor targets = batch.floats(Minibatch.TARGETS);
    int[] shape = {batch.size(), classes};
    if (!Arrays.equals(targets.shape(), shape)) {
      throw new IllegalArgumentException(
          "Cannot take targets of shape %s: the loss takes %s"
              .formatted(Arrays.toString(targets.shape()), Arrays.toString(shape)));
    }
    FloatBuffer values = targets.values();
    for (int i = 0; i < batch.size(); i++) {
      double sum = 0;
      for (int c = i * classes; c < (i + 1) * classes; c++) {
        sum += values.get(c);
      }
      if (!(Math.abs(sum - 1) <= ROUNDING)) {
        throw new IllegalArgumentException(
            "Cannot train on %s: the targets of its classes add up to %s, not to 1"
                .formatted(batch.ids().get(i), sum));
      }
    }
    return targets;
  }

  /** One example's loss; the gradient of its share of the mean goes into its row. */
  private double slope(
      double[] logits, int from, FloatBuffer targets, double[] gradient, int examples) {
    double greatest = greatest(logits, from);
    double sum = 0;
    double mass = 0;
    for (int c = from; c < from + classes; c++) {
      sum += StrictMath.exp(logits[c] - greatest);
      mass += targets.get(c);
    }
    double logSum = StrictMath.log(sum);
    double loss = 0;
    for (int c = from; c < from + classes; c++) {
      double logProbability = logits[c] - greatest - logSum;
      loss -= targets.get(c) * logProbability;
      gradient[c] = (mass * StrictMath.exp(logProbability) - targets.get(c)) / examples;
    }
    return loss;
  }

  private double greatest(double[] logits, int from) {
    double greatest = logits[from];
    for (int c = from + 1; c < from + classes; c++) {
      greatest = Math.max(greatest, logits[c]);
    }
    return greatest;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
