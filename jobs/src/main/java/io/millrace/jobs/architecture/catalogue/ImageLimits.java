package io.millrace.jobs.architecture.catalogue;

import java.util.List;

/** What networks for images ask of their channels, their classes and the images. */
final class ImageLimits {
  private ImageLimits() {}

  static List<Integer> checked(String name, List<Integer> channels) {
    if (channels.isEmpty() || channels.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException(
          "Cannot build "
              + name
              + " with channels "
              + channels
              + ": give at least one number, each 1 or more");
    }
    return List.copyOf(channels);
  }

  static void checkClasses(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "Cannot build a network for " + classes + " classes: it takes at least 2 to tell apart");
    }
  }

  static void checkSides(String name, String of, int height, int width, int needed) {
    if (height < needed || width < needed) {
      throw new IllegalArgumentException(
          "Cannot build %s with %s for images %d pixels high and %d wide: each side must have at least %d; take fewer channels or larger images"
              .formatted(name, of, height, width, needed));
    }
  }
}
