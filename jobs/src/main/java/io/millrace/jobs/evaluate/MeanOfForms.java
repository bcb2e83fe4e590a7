package io.millrace.jobs.evaluate;

import java.util.Optional;

/**
 * The mean of the predictions for several forms of the same pictures. Forms are added in their
 * order, so that every bit is the same for any number of tasks.
 */
final class MeanOfForms {
  private final int forms;
  private final float[] sums;
  private int form;
  private int at;

  /**
   * @param forms of each picture, at least 1
   */
  MeanOfForms(int forms, long images, int classes) {
    this.forms = forms;
    this.sums = new float[forms == 1 ? 0 : Math.toIntExact(images * classes)];
  }

  /** Begins the next form: the pictures come again from the first one. */
  void beginForm() {
    form++;
    at = 0;
  }

  /**
   * Takes the predictions of the next pictures.
   *
   * @param probabilities {@code [N, classes]}, overwritten
   * @return their means {@code [N, classes]} in the last form, otherwise empty
   */
  Optional<float[]> after(float[] probabilities) {
    if (forms == 1) {
      return Optional.of(probabilities);
    }
    for (int i = 0; i < probabilities.length; i++, at++) {
      sums[at] += probabilities[i];
      probabilities[i] = sums[at] / forms;
    }
    return form == forms ? Optional.of(probabilities) : Optional.empty();
  }
}
