package io.millrace.jobs.doctor;

import java.util.Locale;

/** What happens to a picture in a training, in this order. */
public enum PictureStep {
  /** Reading row groups of shards. */
  READ,
  /** Decoding JPEG, PNG and WebP to pixels. */
  DECODE,
  /** Applying the transforms. */
  AUGMENT,
  /** Writing pixels as normalised floats into a minibatch. */
  ASSEMBLE,
  /** Forward pass, backward pass and update. */
  TRAIN;

  /** The name that is printed. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
