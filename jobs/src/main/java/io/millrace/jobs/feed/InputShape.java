package io.millrace.jobs.feed;

import io.millrace.jobs.sampling.View;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.ShardEntry;
import io.millrace.jobs.shard.ShardReader;
import io.millrace.pipeline.CannotException;
import java.io.IOException;
import java.io.Serializable;

/**
 * The shape of every image that a network takes.
 *
 * @param channels 1 or 3
 * @param height in pixels
 * @param width in pixels
 */
public record InputShape(int channels, int height, int width) implements Serializable {
  /** C * H * W. */
  public int size() {
    return channels * height * width;
  }

  /**
   * The shape of a view's first picture.
   *
   * @param view of at least one image
   * @throws CannotException if its shard is missing or damaged
   */
  public static InputShape of(View view) {
    View.Block first = view.blocks().get(0);
    ShardEntry shard = view.shards().get(first.shard());
    try (ShardReader reader = ShardReader.open(view.dataset().root(), shard)) {
      Picture picture = reader.rows(first.group(), first.row(0)).get(0);
      return new InputShape(picture.channels(), picture.height(), picture.width());
    } catch (IOException e) {
      throw new CannotException("read shard " + shard.path(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * @throws CannotException if the picture has another number of channels; the message names it
   */
  void checkChannels(Picture picture) {
    if (picture.channels() != channels) {
      throw refused(picture);
    }
  }

  /** The error about a picture of another shape. */
  CannotException refused(Picture picture) {
    return new CannotException(
        "use picture " + picture.id(),
        "it is %dx%dx%d but all must be %s (channels, height, width); ingest pictures of one size, or train with an input size and transforms that end in it"
            .formatted(picture.channels(), picture.height(), picture.width(), this));
  }

  /** Height and width, e.g. {@code 32x32}. */
  public String sides() {
    return height + "x" + width;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
