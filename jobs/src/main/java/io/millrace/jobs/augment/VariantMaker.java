package io.millrace.jobs.augment;

import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.header.UnusableImageException;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.jobs.random.Bits;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.transform.Augmenter;
import io.millrace.jobs.transform.Draws;
import io.millrace.pipeline.CannotException;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes one variant of each picture. Variant k, counted from 0, equals what a training with the
 * same seed and transforms sees in epoch k. Not for use by several threads.
 */
final class VariantMaker {
  private final ShardMaking making;
  private final int number;
  private final Map<Integer, Augmenter> augmenters = new HashMap<>();

  /**
   * @param number of the variant
   */
  VariantMaker(ShardMaking making, int number) {
    this.making = making;
    this.number = number;
  }

  /**
   * A picture's variant as a row of a shard.
   *
   * @param side of the square that it is resized to; 0 to keep its size
   * @throws CannotException if a transform does not fit the picture; the message names the picture
   */
  Picture of(Picture picture, Image image, int side) {
    Image wanted =
        side == 0 ? image : new PixelsInMemory(image).resized(new Sizing.Covered(side, side));
    boolean itself = making.chain().transforms().isEmpty();
    return new Picture(
        itself ? picture.id() : picture.id() + "#" + number,
        picture.label(),
        wanted.height(),
        wanted.width(),
        wanted.channels(),
        making.store().encoding(),
        bytes(picture.id(), wanted));
  }

  /** The transforms' pixels, before any resizing. */
  Image pixels(Picture picture) {
    Draws draws = Draws.of(making.seed(), number, Bits.idHash(picture.id()));
    Augmenter augmenter =
        augmenters.computeIfAbsent(
            picture.channels(), c -> new Augmenter(making.chain(), c, making.levels()));
    Image image = picture.decoded();
    try {
      return augmenter.apply(image, draws);
    } catch (CannotException e) {
      throw new CannotException("augment picture " + picture.id(), e.getMessage(), e);
    }
  }

  private byte[] bytes(String id, Image wanted) {
    try {
      return making.store().bytes(wanted);
    } catch (UnusableImageException e) {
      throw new CannotException("store a variant of " + id, "it has " + e.reason(), e);
    }
  }
}
