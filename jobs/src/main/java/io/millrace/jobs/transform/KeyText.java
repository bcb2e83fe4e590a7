package io.millrace.jobs.transform;

/** The meanings of keys that several transforms have. */
final class KeyText {
  static final String ADDED =
      "added to the factor 1, drawn from [least, most]; a number x means [-x, x]";

  static final String PROBABILITY = "probability";

  static final String PATCHES = "how many, drawn from [least, most]; a number x means [0, x]";

  static final String SHARE = "each side of a patch, as a share of the picture's side";

  static final String TOP = "where it may lie from top (0) to bottom (1): a place or [least, most]";

  static final String LEFT =
      "where it may lie from left (0) to right (1): a place or [least, most]";

  static final String ANYWHERE = "[0, 1]";

  static final String ALPHA = "both parameters of the Beta distribution that the share is drawn by";

  static final String OTHERS_SHARE =
      "the other picture's share: the draw is scaled to [least, most]; a number fixes the share";

  private KeyText() {}
}
