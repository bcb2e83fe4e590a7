package io.millrace.jobs.evaluate;

import java.io.Serializable;

/**
 * What the model made of one labelled picture.
 *
 * @param position of the picture in the split, from 0
 * @param id of the picture
 * @param label the true class
 * @param predicted the likeliest class; of equals the first
 * @param truth the probability given to the true class
 * @param top the probability given to the predicted class
 */
record Verdict(long position, String id, int label, int predicted, float truth, float top)
    implements Serializable {
  boolean right() {
    return label == predicted;
  }
}
