package io.millrace.jobs.transform;

/** What keys mean that several transforms have. */
final class KeyText {
  static final String ADDED =
      "what is added to the factor 1: a number means from minus it to it, [least, most] is drawn"
          + " from";

  static final String PROBABILITY = "probability";

  static final String PATCHES =
      "how many: a number means from 0 to it, [least, most] is drawn from";

  static final String SHARE = "each side of a patch / that side of the picture";

  static final String TOP = "where it may lie from top (0) to bottom (1): a place or [least, most]";

  static final String LEFT =
      "where it may lie from left (0) to right (1): a place or [least, most]";

  static final String ANYWHERE = "[0, 1]";

  static final String ALPHA = "both parameters of the Beta distribution that the share is drawn by";

  static final String OTHERS_SHARE =
      "the other picture's share: what is drawn is laid onto [least, most]; a number is that share";

  private KeyText() {}
}
