package io.millrace.jobs.doctor;

import java.util.Locale;

/** What a picture goes through on its way into the weights. */
public enum PictureStep {
  /** Row groups from where the shards lie. */
  READ,
  /** JPEG, PNG and WebP to pixels. */
  DECODE,
  /** The transforms. */
  AUGMENT,
  /** Pixels to normalised floats of a minibatch. */
  ASSEMBLE,
  /** Forward pass, backward pass and update. */
  TRAIN;

  /** As it is printed. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
