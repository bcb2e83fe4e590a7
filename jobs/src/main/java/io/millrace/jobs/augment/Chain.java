package io.millrace.jobs.augment;

import io.millrace.jobs.augment.Transform.Flip;
import io.millrace.jobs.augment.Transform.PadReflect;
import io.millrace.jobs.augment.Transform.RandomCrop;
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
    return Sizes.unknown().through(this).problem();
  }

  /**
   * Checks the chain for images of a size.
   *
   * @throws CannotException if a transform does not fit, or the result is of another size than the
   *     images, which is what the network takes
   */
  public void checkKeeps(int height, int width) {
    Sizes end = Sizes.of(height, width).through(this);
    Optional<String> problem = end.problem();
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
    Sizes end = Sizes.of(image.height(), image.width()).through(this);
    end.problem()
        .ifPresent(
            why -> {
              throw new CannotException(
                  "augment an image of " + image.height() + "x" + image.width(), why);
            });
    Placement placement = new Placement(this, image.height(), image.width());
    placement.draw(draws);
    int[] rows = placement.rows();
    int[] columns = placement.columns();
    byte[] pixels = new byte[image.channels() * end.height() * end.width()];
    int at = 0;
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < end.height(); y++) {
        int row = (c * image.height() + rows[y]) * image.width();
        for (int x = 0; x < end.width(); x++) {
          pixels[at++] = image.pixels()[row + columns[x]];
        }
      }
    }
    return new Image(image.channels(), end.height(), end.width(), pixels);
  }

  /** How a transform is written, e.g. {@code random-crop = 32}. */
  static String written(Transform transform) {
    if (transform instanceof PadReflect it) {
      return "pad-reflect = " + it.by();
    } else if (transform instanceof RandomCrop it) {
      return "random-crop = " + it.size();
    }
    return "flip = " + ((Flip) transform).axis().text();
  }
}
