package io.millrace.jobs.page;

import io.millrace.jobs.image.Encoding;
import io.millrace.jobs.image.Image;
import io.millrace.jobs.image.codec.Thumbnail;
import io.millrace.pipeline.card.CardPicture;
import java.util.Base64;
import java.util.Optional;

/**
 * A small picture as a file or an event keeps it for a card.
 *
 * @param label its caption
 * @param id of the picture
 * @param encoding {@code png} or {@code jpeg}
 * @param data the bytes of such a file, in base 64
 * @param width in pixels
 * @param height in pixels
 */
public record KeptPicture(
    String label, String id, String encoding, String data, int width, int height) {

  /**
   * @param longest side of what is kept, at most
   */
  public static KeptPicture of(Image image, int longest, String label, String id) {
    Thumbnail small = Thumbnail.of(image, longest);
    return new KeptPicture(
        label,
        id,
        small.encoding().text(),
        Base64.getEncoder().encodeToString(small.bytes()),
        small.width(),
        small.height());
  }

  /** For a page; empty if there is no room left on it. */
  public Optional<CardPicture> on(Thumbnails page, String alt, String caption) {
    byte[] bytes = Base64.getDecoder().decode(data);
    return page.picture(new Thumbnail(Encoding.of(encoding), height, width, bytes), alt, caption);
  }
}
