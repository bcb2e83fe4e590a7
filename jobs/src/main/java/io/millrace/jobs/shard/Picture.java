package io.millrace.jobs.shard;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.codec.Decoded;
import io.millrace.jobs.image.codec.Decoder;
import io.millrace.pipeline.CannotException;

/**
 * One row of a shard.
 *
 * @param id unique in the dataset
 * @param label the class's number, -1 = none
 * @param height of the picture as decoded, in pixels
 * @param width of the picture as decoded, in pixels
 * @param channels 1 or 3, of the picture as decoded
 * @param encoding how {@code image} is to be read
 * @param image the stored bytes; not copied
 */
public record Picture(
    String id, int label, int height, int width, int channels, Encoding encoding, byte[] image) {
  /**
   * The decoded pixels.
   *
   * @throws CannotException naming the id, if the bytes can't be decoded
   */
  public Image decoded() {
    try {
      return Decoder.decode(encoding, channels, height, width, image);
    } catch (IllegalArgumentException e) {
      throw new CannotException("decode picture " + id, e.getMessage(), e);
    }
  }

  /**
   * The decoded pixels outside the heap; the caller closes them before this thread decodes another
   * picture.
   *
   * @throws CannotException naming the id, if the bytes can't be decoded
   * @throws IllegalStateException if the pixels are raw, which need no decoding
   */
  public Decoded opened() {
    if (encoding == Encoding.RAW) {
      throw new IllegalStateException("raw pixels need no decoding");
    }
    try {
      return Decoder.open(channels, height, width, image);
    } catch (IllegalArgumentException e) {
      throw new CannotException("decode picture " + id, e.getMessage(), e);
    }
  }

  Picture named(String name) {
    return new Picture(name, label, height, width, channels, encoding, image);
  }
}
