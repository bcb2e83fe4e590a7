package io.millrace.jobs.predict;

/**
 * The likeliest classes of a picture, best first; of equals the one with the smaller label.
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
    Likeliest best = new Likeliest(new int[most], new float[most]);
    for (int label = 0; label < classes; label++) {
      best.offer(label, all[from + label], Math.min(label, most));
    }
    return best;
  }

  int size() {
    return labels.length;
  }

  private void offer(int label, float probability, int kept) {
    int place = kept;
    while (place > 0 && probability > probabilities[place - 1]) {
      place--;
    }
    if (place == labels.length) {
      return;
    }
    int moved = Math.min(kept, labels.length - 1) - place;
    System.arraycopy(labels, place, labels, place + 1, moved);
    System.arraycopy(probabilities, place, probabilities, place + 1, moved);
    labels[place] = label;
    probabilities[place] = probability;
  }
}
