package io.millrace.jobs.architecture.catalogue;

import java.util.List;

/** Checks what networks for images require of channels, classes and image sizes. */
final class ImageLimits {
  private ImageLimits() {}

  static List<Integer> checked(String name, List<Integer> channels) {
    return checked(name, "channels", channels);
  }

  static List<Integer> checked(String name, String key, List<Integer> counts) {
    if (counts.isEmpty() || counts.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException(
          "Cannot build %s with %s %s: give at least one number, each 1 or more"
              .formatted(name, key, counts));
    }
    return List.copyOf(counts);
  }

  static void checkWidth(String name, String key, int width) {
    if (width < 1) {
      throw new IllegalArgumentException(
          "Cannot build %s with %s = %d: it must be at least 1".formatted(name, key, width));
    }
  }

  static void checkDropout(String name, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "Cannot build %s with dropout = %s: it must be at least 0 and less than 1"
              .formatted(name, share));
    }
  }

  /** Every halving needs at least two pixels; halved sizes are rounded up. */
  static int neededFor(int halvings) {
    return halvings == 0 ? 1 : halvings > 30 ? Integer.MAX_VALUE : (1 << (halvings - 1)) + 1;
  }

  static void checkClasses(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "Cannot build a network for " + classes + " classes: it needs at least 2");
    }
  }

  static void checkSides(String name, String of, int height, int width, int needed) {
    if (height < needed || width < needed) {
      throw new IllegalArgumentException(
          "Cannot build %s with %s for images %d pixels high and %d wide: each side must be at least %d pixels; take fewer channels or larger images"
              .formatted(name, of, height, width, needed));
    }
  }

  /** For a network whose depth is not a choice. */
  static void checkSides(String name, int height, int width, int needed) {
    if (height < needed || width < needed) {
      throw new IllegalArgumentException(
          "Cannot build %s for images %d pixels high and %d wide: each side must be at least %d pixels; take larger images"
              .formatted(name, height, width, needed));
    }
  }
}
