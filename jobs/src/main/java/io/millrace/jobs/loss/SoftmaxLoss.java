package io.millrace.jobs.loss;

import io.millrace.jobs.tensor.DoubleTensor;
import io.millrace.jobs.tensor.Minibatch;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A loss of a softmax over classes: its value and slope are those of each example alone. What it
 * predicts, and how that is measured, is the same as for plain cross-entropy.
 */
interface SoftmaxLoss extends Loss {
  /** How many classes there are. */
  int classes();

  /**
   * The loss of one example.
   *
   * @param logs logarithms of the probabilities of the classes
   * @param targets shares of the classes, which add up to 1
   * @param slopes becomes d(loss)/d(logit) of each class
   */
  double ofExample(double[] logs, double[] targets, double[] slopes);

  /** Plain cross-entropy over the same classes. */
  default CrossEntropy plain() {
    return new CrossEntropy(classes());
  }

  @Override
  default List<Measure> measures() {
    return plain().measures();
  }

  @Override
  default Slope slope(DoubleTensor output, Minibatch batch) {
    // Checks targets and shapes, and counts the right ones.
    Slope plain = plain().slope(output, batch);
    FloatBuffer wanted = plain().targets(batch).values();
    int examples = batch.size();
    int classes = classes();
    double[] gradient = new double[output.values().length];
    double[] logs = new double[classes];
    double[] targets = new double[classes];
    double[] slopes = new double[classes];
    double loss = 0;
    for (int i = 0; i < examples; i++) {
      fillLogs(output.values(), i * classes, logs);
      for (int c = 0; c < classes; c++) {
        targets[c] = wanted.get(i * classes + c);
      }
      loss += ofExample(logs, targets, slopes);
      for (int c = 0; c < classes; c++) {
        gradient[i * classes + c] = slopes[c] / examples;
      }
    }
    Measures measures =
        Measures.of(examples, CrossEntropy.LOSS, loss)
            .with(CrossEntropy.ACCURACY, plain.measures().sum(CrossEntropy.ACCURACY));
    return new Slope(measures, new DoubleTensor(gradient, output.shape()));
  }

  private static void fillLogs(double[] logits, int from, double[] logs) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logs.length; c++) {
      greatest = Math.max(greatest, logits[from + c]);
    }
    double sum = 0;
    for (int c = 0; c < logs.length; c++) {
      logs[c] = logits[from + c] - greatest;
      sum += StrictMath.exp(logs[c]);
    }
    double logSum = StrictMath.log(sum);
    for (int c = 0; c < logs.length; c++) {
      logs[c] -= logSum;
    }
  }

  @Override
  default float[] predictions(DoubleTensor output) {
    return plain().predictions(output);
  }

  @Override
  default Measures measure(float[] predictions, Minibatch batch) {
    return plain().measure(predictions, batch);
  }
}
