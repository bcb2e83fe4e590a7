package io.millrace.jobs.engine.dl4j;

import io.millrace.jobs.loss.CrossEntropy;
import java.nio.FloatBuffer;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps the logits of a graph's last pass in training mode, since the graph itself does not. The
 * most probable class has the greatest logit, since softmax keeps the order.
 */
final class TrainingLogits extends BaseTrainingListener {
  private final String node;
  private final CrossEntropy loss;
  private float[] laid = {};
  private float[] logits = {};

  /**
   * @param node whose output is the logits
   */
  TrainingLogits(String node, CrossEntropy loss) {
    this.node = node;
    this.loss = loss;
  }

  @Override
  public void onForwardPass(Model model, Map<String, INDArray> activations) {
    INDArray output = activations.get(node);
    if (logits.length != output.length()) {
      laid = new float[Math.toIntExact(output.length())];
      logits = new float[laid.length];
    }
    // Copies all values at once, in any order: one value at a time is slow.
    Floats.of(output).read(laid);
    int down = output.stride(0);
    int across = output.stride(1);
    int classes = loss.classes();
    for (int i = 0; i < logits.length; i++) {
      logits[i] = laid[i / classes * down + i % classes * across];
    }
  }

  /**
   * How many examples have their greatest logit where their target is greatest.
   *
   * @param targets {@code [N, classes]} of the same minibatch, row-major
   */
  int correct(FloatBuffer targets) {
    return loss.correct(logits, targets);
  }
}
