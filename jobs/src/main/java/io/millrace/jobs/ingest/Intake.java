package io.millrace.jobs.ingest;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Sizing;
import io.millrace.jobs.image.codec.Background;
import io.millrace.jobs.image.codec.Decoded;
import io.millrace.jobs.image.codec.Decoder;
import io.millrace.jobs.image.codec.Encoder;
import io.millrace.jobs.image.codec.Limits;
import io.millrace.jobs.image.header.Header;
import io.millrace.jobs.image.header.UnusableImageException;
import io.millrace.jobs.image.resample.PixelsInMemory;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.shard.StoredForm;
import io.millrace.jobs.source.Entry;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/** Converts a picture for a shard. Every picture is decoded, to check that it is complete. */
record Intake(Decoder decoder, Sizing sizing, StoredForm store) implements Serializable {
  /** A photograph's file has about a tenth of its pixels' bytes. */
  private static final long PIXEL_BYTES_A_FILE_BYTE = 10;

  static Intake of(Images images, int channelsOfSource) {
    Decoder decoder =
        new Decoder(
            images.channels().orElse(channelsOfSource),
            images.background(),
            images.truncated() == Images.Truncated.KEEP,
            new Limits(images.maxPixels(), images.maxBytes().bytes()));
    return new Intake(decoder, images.sizing(), images.stored());
  }

  /** About how many bytes a picture takes in a shard; used only for the size of shards. */
  long weight(Entry entry) {
    if (keepsBytes() && entry.isEncoded()) {
      return Math.max(1, entry.length());
    }
    long pixels = sizing.pixels() * decoder.channels();
    if (pixels == 0) {
      pixels =
          entry.isEncoded()
              ? entry.length() * PIXEL_BYTES_A_FILE_BYTE
              : (long) decoder.channels() * entry.height() * entry.width();
    }
    return Math.max(1, (long) (store.density() * pixels));
  }

  /**
   * A picture as a row of a shard.
   *
   * @param notes counts notes by kind
   * @throws UnusableImageException if it is not a complete picture within the limits
   */
  Picture picture(Entry entry, byte[] bytes, Map<String, Long> notes) throws IOException {
    if (!entry.isEncoded()) {
      Image image = new Image(entry.channels(), entry.height(), entry.width(), bytes);
      Image wanted = image.withChannels(decoder.channels());
      return row(entry, new PixelsInMemory(wanted).resized(sizing), store);
    }
    try (Decoded decoded = decoder.open(bytes)) {
      note(decoded, notes);
      if (keepsBytes()) {
        return original(entry, bytes, decoded);
      }
      return row(entry, decoded.resized(sizing), store);
    }
  }

  private boolean keepsBytes() {
    return store instanceof StoredForm.Original;
  }

  private Picture original(Entry entry, byte[] bytes, Decoded decoded) {
    Header header = decoded.header();
    // Readers don't know the options, so a picture that depends on one is stored as it was
    // converted.
    boolean depends = header.alpha() && decoder.background() != Background.WHITE;
    Optional<Encoding> same =
        depends || decoded.repaired() ? Optional.empty() : Encoding.of(header.form());
    return new Picture(
        entry.id(),
        entry.label(),
        decoded.height(),
        decoded.width(),
        decoder.channels(),
        same.orElse(Encoding.PNG),
        same.isPresent() ? bytes : Encoder.png(decoded.image()));
  }

  private static Picture row(Entry entry, Image image, StoredForm store)
      throws UnusableImageException {
    return new Picture(
        entry.id(),
        entry.label(),
        image.height(),
        image.width(),
        image.channels(),
        store.encoding(),
        store.bytes(image));
  }

  private static void note(Decoded decoded, Map<String, Long> notes) {
    Header header = decoded.header();
    count(notes, "gray", header.gray());
    count(notes, "turned-upright", header.orientation() > 1);
    count(notes, "colour-profile-ignored", header.icc());
    count(notes, "cmyk", header.cmyk());
    count(notes, "transparency", header.alpha());
    count(notes, "truncated-kept", decoded.repaired());
  }

  private static void count(Map<String, Long> notes, String kind, boolean seen) {
    if (seen) {
      notes.merge(kind, 1L, Long::sum);
    }
  }
}
