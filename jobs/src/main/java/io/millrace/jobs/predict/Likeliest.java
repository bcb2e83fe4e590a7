package io.millrace.jobs.predict;

import io.millrace.jobs.loss.ClassScores;

/**
 * The likeliest classes of a picture, best first; of equal ones the one with the smaller label.
 *
 * @param labels the classes' numbers; not copied
 * @param probabilities of these classes, 0..1; not copied
 */
record Likeliest(int[] labels, float[] probabilities) {
  static final Likeliest NONE = new Likeliest(new int[0], new float[0]);

  /**
   * Finds them.
   *
   * @param all probabilities {@code [N, classes]}, row-major
   * @param from where the picture's row begins
   * @param most how many to keep, 1..classes
   */
  static Likeliest of(float[] all, int from, int classes, int most) {
    ClassScores scores = new ClassScores(all, from, classes);
    int[] labels = scores.top(most);
    float[] probabilities = new float[most];
    for (int i = 0; i < most; i++) {
      probabilities[i] = scores.of(labels[i]);
    }
    return new Likeliest(labels, probabilities);
  }

  int size() {
    return labels.length;
  }
}
