package io.millrace.jobs.image;

import java.util.Locale;

/** How the bytes of a stored image are to be read. */
public enum Encoding {
  /** uint8, CHW order. */
  RAW,
  JPEG,
  PNG,
  WEBP;

  /** The name as it stands in shards: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no encoding has that name
   */
  public static Encoding of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
