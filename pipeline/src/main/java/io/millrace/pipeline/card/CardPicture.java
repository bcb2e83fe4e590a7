package io.millrace.pipeline.card;

import java.util.Base64;

/**
 * A picture in a report.
 *
 * @param data a {@code data:} URI
 * @param alt what it shows, for users who can't see it
 * @param caption below it; may be empty
 * @param width in pixels
 * @param height in pixels
 */
public record CardPicture(String data, String alt, String caption, int width, int height) {
  /** A picture from the bytes of a PNG file. */
  public static CardPicture png(byte[] png, String alt, String caption, int width, int height) {
    String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    return new CardPicture(data, alt, caption, width, height);
  }

  /** A picture from the bytes of a JPEG file. */
  public static CardPicture jpeg(byte[] jpeg, String alt, String caption, int width, int height) {
    String data = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
    return new CardPicture(data, alt, caption, width, height);
  }
}
