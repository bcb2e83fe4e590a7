package io.millrace.jobs.engine.dl4j;

import java.nio.FloatBuffer;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Keeps the logits of a graph's last pass in training mode, which the graph forgets when the pass
 * is over. The likeliest class has the greatest logit, since softmax keeps the order.
 */
final class Guesses extends BaseTrainingListener {
  private final String node;
  private final int classes;
  private float[] logits = {};
  private int down;
  private int across;

  /**
   * @param node whose output the logits are
   */
  Guesses(String node, int classes) {
    this.node = node;
    this.classes = classes;
  }

  @Override
  public void onForwardPass(Model model, Map<String, INDArray> activations) {
    INDArray output = activations.get(node);
    if (logits.length != output.length()) {
      logits = new float[Math.toIntExact(output.length())];
    }
    // All of it at once, in whatever order it lies: one value at a time is slow.
    Floats.of(output).read(logits);
    down = output.stride(0);
    across = output.stride(1);
  }

  /**
   * How many images have their greatest logit where their target is greatest.
   *
   * @param targets {@code [N, classes]} of the same minibatch, row-major
   */
  int correct(FloatBuffer targets) {
    int images = logits.length / classes;
    int correct = 0;
    for (int i = 0; i < images; i++) {
      int likeliest = 0;
      int wanted = 0;
      for (int c = 1; c < classes; c++) {
        likeliest = logit(i, c) > logit(i, likeliest) ? c : likeliest;
        int row = i * classes;
        wanted = targets.get(row + c) > targets.get(row + wanted) ? c : wanted;
      }
      correct += likeliest == wanted ? 1 : 0;
    }
    return correct;
  }

  private float logit(int image, int classNumber) {
    return logits[image * down + classNumber * across];
  }
}
