package io.millrace.jobs.loss;

/**
 * Scores of the classes for one example: logits or probabilities. Of equal scores the class with
 * the smaller number comes first, everywhere.
 *
 * @param values row-major scores of many examples; not copied
 * @param from where the example's row begins
 * @param classes how many values the row has
 */
public record ClassScores(float[] values, int from, int classes) {
  /** The scores of one example of many. */
  public static ClassScores of(float[] values, int example, int classes) {
    return new ClassScores(values, example * classes, classes);
  }

  /** The score of a class. */
  public float of(int label) {
    return values[from + label];
  }

  /** The class with the greatest score. NaN is never greater. */
  public int likeliest() {
    int best = 0;
    for (int label = 1; label < classes; label++) {
      if (of(label) > of(best)) {
        best = label;
      }
    }
    return best;
  }

  /** How many classes come before one, from the likeliest: 0 if it is the likeliest itself. */
  public int rank(int label) {
    float own = of(label);
    int before = 0;
    for (int other = 0; other < classes; other++) {
      if (of(other) > own || (of(other) == own && other < label)) {
        before++;
      }
    }
    return before;
  }

  /**
   * The classes from the likeliest on.
   *
   * @param most how many, 1..classes
   */
  public int[] top(int most) {
    int[] top = new int[most];
    for (int label = 0; label < classes; label++) {
      int place = Math.min(label, most);
      while (place > 0 && of(label) > of(top[place - 1])) {
        place--;
      }
      if (place < most) {
        System.arraycopy(top, place, top, place + 1, Math.min(label, most - 1) - place);
        top[place] = label;
      }
    }
    return top;
  }
}
