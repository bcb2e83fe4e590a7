package io.millrace.jobs.evaluate;

import java.io.Serializable;

/**
 * The model's prediction for one labelled picture.
 *
 * @param position of the picture in the split, from 0
 * @param id of the picture
 * @param label the true class
 * @param predicted the most probable class; the first of equally probable ones
 * @param truth the predicted probability of the true class
 * @param top the probability of the predicted class
 */
record Verdict(long position, String id, int label, int predicted, float truth, float top)
    implements Serializable {
  boolean right() {
    return label == predicted;
  }
}
