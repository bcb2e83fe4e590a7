package io.millrace.jobs.ingest;

import io.millrace.jobs.image.Background;
import io.millrace.jobs.image.Decoded;
import io.millrace.jobs.image.Decoder;
import io.millrace.jobs.image.Encoder;
import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Header;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.Limits;
import io.millrace.jobs.image.Resize;
import io.millrace.jobs.shard.Picture;
import io.millrace.jobs.source.Entry;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/**
 * What a picture goes through on its way into a shard: every one is decoded, to know that it is
 * whole.
 *
 * @param store empty for the default: original, raw for what is resized
 */
record Intake(Decoder decoder, Optional<Resize> resize, Optional<Store> store)
    implements Serializable {
  private static final Store RAW = new Store.Raw();

  static Intake of(Images images, int channelsOfSource) {
    Decoder decoder =
        new Decoder(
            images.channels().orElse(channelsOfSource),
            images.background(),
            images.truncated() == Images.Truncated.KEEP,
            new Limits(images.maxPixels(), images.maxBytes().bytes()));
    return new Intake(decoder, images.resize(), images.store());
  }

  /** How most of the pictures are stored, for the choice of compression. */
  Encoding mostly(Entry first) {
    return keepsBytes() && first.isEncoded() ? Encoding.JPEG : store.orElse(RAW).encoding();
  }

  /** Bytes that a picture takes in a shard, about: for the size of shards alone. */
  long weight(Entry entry) {
    double density = store.orElse(RAW).density();
    if (resize.isPresent() && resize.get().fixedSize().isPresent()) {
      int[] size = resize.get().fixedSize().get();
      return Math.max(1, (long) (density * decoder.channels() * size[0] * size[1]));
    }
    if (resize.isPresent() && resize.get().shorter().isPresent()) {
      // Most photographs are 4 to 3.
      long side = resize.get().shorter().get();
      return Math.max(1, (long) (density * decoder.channels() * side * side * 4 / 3));
    }
    if (!entry.isEncoded()) {
      return Math.max(1, (long) (density * decoder.channels() * entry.height() * entry.width()));
    }
    // A photograph's file is about a tenth of its pixels.
    return Math.max(1, (long) (keepsBytes() ? entry.length() : entry.length() * 10 * density));
  }

  /**
   * The row of a picture.
   *
   * @param notes counts what is worth noting, by kind
   * @throws io.millrace.jobs.image.UnusableImageException if it is no whole picture within limits
   */
  Picture picture(Entry entry, byte[] bytes, Map<String, Long> notes) throws IOException {
    if (!entry.isEncoded()) {
      Image image = new Image(entry.channels(), entry.height(), entry.width(), bytes);
      Image wanted = image.withChannels(decoder.channels());
      return row(entry, resize.map(wanted::resized).orElse(wanted), store.orElse(RAW));
    }
    try (Decoded decoded = decoder.open(bytes)) {
      note(decoded, notes);
      if (keepsBytes()) {
        return original(entry, bytes, decoded);
      }
      Image image = resize.isPresent() ? decoded.resized(resize.get()) : decoded.image();
      return row(entry, image, store.orElse(RAW));
    }
  }

  private boolean keepsBytes() {
    return store.map(Store.Original.class::isInstance).orElse(resize.isEmpty());
  }

  private Picture original(Entry entry, byte[] bytes, Decoded decoded) {
    Header header = decoded.header();
    // A reader knows of no option, so that what depends on one is stored as it came out.
    boolean depends = header.alpha() && decoder.background() != Background.WHITE;
    Optional<Encoding> same =
        depends || decoded.mended() ? Optional.empty() : Encoding.of(header.form());
    return new Picture(
        entry.id(),
        entry.label(),
        decoded.height(),
        decoded.width(),
        decoder.channels(),
        same.orElse(Encoding.PNG),
        same.isPresent() ? bytes : Encoder.png(decoded.image()));
  }

  private static Picture row(Entry entry, Image image, Store store) {
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
    count(notes, "truncated-kept", decoded.mended());
  }

  private static void count(Map<String, Long> notes, String kind, boolean seen) {
    if (seen) {
      notes.merge(kind, 1L, Long::sum);
    }
  }
}
