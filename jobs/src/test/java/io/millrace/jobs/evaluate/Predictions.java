package io.millrace.jobs.evaluate;

import io.millrace.jobs.tensor.FloatTensor;
import io.millrace.jobs.tensor.IntTensor;
import io.millrace.jobs.tensor.Minibatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Labels and probabilities as a network would give them, named {@code p0}, {@code p1}, ... */
record Predictions(int classes, int[] labels, float[] probabilities) {
  static Predictions of(int classes, int[] labels, float... probabilities) {
    return new Predictions(classes, labels, probabilities);
  }

  /** Soft maxima of normal draws; every seventh picture has no label. */
  static Predictions drawn(int images, int classes, long seed) {
    Random random = new Random(seed);
    int[] labels = new int[images];
    float[] probabilities = new float[images * classes];
    for (int i = 0; i < images; i++) {
      labels[i] = i % 7 == 6 ? -1 : random.nextInt(classes);
      double[] raw = new double[classes];
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        raw[c] = Math.exp(2 * random.nextGaussian() + (c == labels[i] ? 2 : 0));
        sum += raw[c];
      }
      for (int c = 0; c < classes; c++) {
        probabilities[i * classes + c] = (float) (raw[c] / sum);
      }
    }
    return new Predictions(classes, labels, probabilities);
  }

  int images() {
    return labels.length;
  }

  /** Adds the pictures from..to in one minibatch. */
  void addTo(Tally tally, int from, int to) {
    List<String> ids = new ArrayList<>();
    int[] some = new int[to - from];
    float[] rows = new float[some.length * classes];
    for (int i = from; i < to; i++) {
      ids.add("p" + i);
      some[i - from] = labels[i];
    }
    System.arraycopy(probabilities, from * classes, rows, 0, rows.length);
    FloatTensor noPixels = new FloatTensor(FloatBuffer.allocate(0), some.length, 0, 0, 0);
    tally.add(
        from,
        new Minibatch(
            ids, Map.of(Minibatch.IMAGES, noPixels, Minibatch.LABELS, IntTensor.vector(some))),
        rows);
  }

  Tally tally(int topK, int listed) {
    Tally tally = new Tally(classes, topK, listed);
    addTo(tally, 0, images());
    return tally;
  }
}
