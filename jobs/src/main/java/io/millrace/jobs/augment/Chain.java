package io.millrace.jobs.augment;

import io.millrace.jobs.image.Image;
import io.millrace.pipeline.CannotException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Transforms one after the other, applied to the pixels before they are normalised. Each draws by
 * its position in the chain, counted from 0 ({@link Draws}).
 *
 * @param transforms in order
 */
public record Chain(List<Transform> transforms) implements Serializable {
  /** Leaves every image as it is. */
  public static final Chain NONE = new Chain(List.of());

  /** Copies the list. */
  public Chain {
    transforms = List.copyOf(transforms);
  }

  /**
   * What is wrong with the chain for images of any size: sizes are known from the first crop on.
   *
   * @return a sentence that names the transform and its position; empty if nothing is
   */
  public Optional<String> problem() {
    return problem(Sizes.unknown());
  }

  /**
   * Checks the chain for images of a size.
   *
   * @throws CannotException if a transform does not fit, or the result is of another size than the
   *     images, which is what the network takes
   */
  public void checkKeeps(int height, int width) {
    Optional<String> problem = problem(Sizes.of(height, width));
    Sizes end = Sizes.of(height, width);
    if (problem.isEmpty()) {
      end = end(end);
    }
    if (problem.isEmpty() && (end.height() != height || end.width() != width)) {
      problem =
          Optional.of(
              "the chain turns images of %dx%d into %dx%d, but the network takes %dx%d; end it with a crop to that size or leave the last crop out"
                  .formatted(height, width, end.height(), end.width(), height, width));
    }
    problem.ifPresent(
        why -> {
          throw new CannotException("augment images of " + height + "x" + width, why);
        });
  }

  /**
   * The chain on one image.
   *
   * @param draws of the image in its epoch
   * @throws CannotException if a transform does not fit the image's size
   */
  public Image apply(Image image, Draws draws) {
    return new Augmenter(this, image.channels(), Levels.UNKNOWN).apply(image, draws);
  }

  /** What does not fit images of a size. */
  Optional<String> problem(Sizes begin) {
    Sizes sizes = begin;
    for (int i = 0; i < transforms.size(); i++) {
      Sizes next = transforms.get(i).through(sizes);
      if (next.limit().isPresent()) {
        return Optional.of(
            "%s (transform %d of %d) does not fit images that are %dx%d by then: it %s"
                .formatted(
                    Written.of(transforms.get(i)),
                    i + 1,
                    transforms.size(),
                    sizes.height(),
                    sizes.width(),
                    next.limit().get()));
      }
      sizes = next;
    }
    return Optional.empty();
  }

  private Sizes end(Sizes begin) {
    Sizes sizes = begin;
    for (Transform transform : transforms) {
      sizes = transform.through(sizes);
    }
    return sizes;
  }
}
