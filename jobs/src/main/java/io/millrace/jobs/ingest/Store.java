package io.millrace.jobs.ingest;

import io.millrace.jobs.image.Encoder;
import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.pipeline.job.Key;
import io.millrace.pipeline.job.Variant;
import java.io.Serializable;

/** What becomes of a picture's bytes in a shard. */
@Variant
public sealed interface Store extends Serializable {
  /** How the bytes are then to be read. */
  Encoding encoding();

  /** The bytes to store. */
  byte[] bytes(Image image);

  /** How many bytes a pixel of one channel takes, about: for the size of shards alone. */
  double density();

  /** As they came. */
  @Variant("original")
  record Original() implements Store {
    @Override
    public Encoding encoding() {
      return Encoding.RAW;
    }

    @Override
    public byte[] bytes(Image image) {
      return image.pixels();
    }

    @Override
    public double density() {
      return 1;
    }
  }

  /** Pixels. */
  @Variant("raw")
  record Raw() implements Store {
    @Override
    public Encoding encoding() {
      return Encoding.RAW;
    }

    @Override
    public byte[] bytes(Image image) {
      return image.pixels();
    }

    @Override
    public double density() {
      return 1;
    }
  }

  /** PNG. */
  @Variant("png")
  record Png() implements Store {
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
  @Variant("webp")
  record Webp(@Key(value = "1 to 100; 0 loses nothing", or = "0", min = 0, max = 100) int quality)
      implements Store {
    @Override
    public Encoding encoding() {
      return Encoding.WEBP;
    }

    @Override
    public byte[] bytes(Image image) {
      return quality == 0 ? Encoder.webp(image) : Encoder.webp(image, quality);
    }

    @Override
    public double density() {
      return quality == 0 ? 0.5 : 0.1;
    }
  }

  /** JPEG. */
  @Variant("jpeg")
  record Jpeg(@Key(value = "1 to 100", or = "90", min = 1, max = 100) int quality)
      implements Store {
    @Override
    public Encoding encoding() {
      return Encoding.JPEG;
    }

    @Override
    public byte[] bytes(Image image) {
      return Encoder.jpeg(image, quality);
    }

    @Override
    public double density() {
      return 0.15;
    }
  }
}
