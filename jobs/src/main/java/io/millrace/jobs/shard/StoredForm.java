package io.millrace.jobs.shard;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.codec.Encoder;
import io.millrace.jobs.image.header.UnusableImageException;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;

/** The form in which a picture is stored in a shard. */
@Variant
public sealed interface StoredForm extends Serializable {
  /** The encoding of the stored bytes. */
  default Encoding encoding() {
    return Encoding.RAW;
  }

  /**
   * The bytes to store.
   *
   * @throws UnusableImageException if the image is too large for the form
   */
  default byte[] bytes(Image image) throws UnusableImageException {
    return image.pixels();
  }

  /**
   * How many bytes a pixel of one channel takes, about; used only to estimate the size of shards.
   */
  default double density() {
    return 1;
  }

  /** As they came: files as files, raw pixels as raw pixels. */
  @Variant(
      value = "original",
      summary = "The bytes as they came: files as files, raw pixels as raw pixels.",
      example = "store = original")
  record Original() implements StoredForm {}

  /** Pixels. */
  @Variant(value = "raw", summary = "Unsigned bytes, channel by channel.", example = "store = raw")
  record Raw() implements StoredForm {}

  /** PNG. */
  @Variant(value = "png", summary = "PNG, lossless.", example = "store = png")
  record Png() implements StoredForm {
    @Override
    public Encoding encoding() {
      return Encoding.PNG;
    }

    @Override
    public byte[] bytes(Image image) {
      return Encoder.png(image);
    }

    @Override
    public double density() {
      return 0.6;
    }
  }

  /** WebP. */
  @Variant(
      value = "webp",
      summary = "WebP, lossless unless a quality is given.",
      example = "store { webp = 80 }")
  record Webp(@Key(value = "quality; 0 is lossless", or = "0", min = 0, max = 100) int quality)
      implements StoredForm {
    @Override
    public Encoding encoding() {
      return Encoding.WEBP;
    }

    @Override
    public byte[] bytes(Image image) throws UnusableImageException {
      requireSides(image, 16_383, "WebP");
      return quality == 0 ? Encoder.webp(image) : Encoder.webp(image, quality);
    }

    @Override
    public double density() {
      return quality == 0 ? 0.5 : 0.1;
    }
  }

  /** JPEG. */
  @Variant(value = "jpeg", summary = "JPEG.", example = "store { jpeg = 90 }")
  record Jpeg(@Key(value = "quality", or = "90", min = 1, max = 100) int quality)
      implements StoredForm {
    @Override
    public Encoding encoding() {
      return Encoding.JPEG;
    }

    @Override
    public byte[] bytes(Image image) throws UnusableImageException {
      requireSides(image, 65_500, "JPEG");
      return Encoder.jpeg(image, quality);
    }

    @Override
    public double density() {
      return 0.15;
    }
  }

  private static void requireSides(Image image, int most, String form)
      throws UnusableImageException {
    int longer = Math.max(image.height(), image.width());
    if (longer > most) {
      throw new UnusableImageException(
          "a side of %d pixels, and %s holds at most %d; resize it, or store it as png or raw"
              .formatted(longer, form, most));
    }
  }
}
