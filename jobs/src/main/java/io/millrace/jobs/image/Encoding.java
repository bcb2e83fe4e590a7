package io.millrace.jobs.image;

import io.millrace.jobs.image.header.FileForm;
import java.util.Locale;
import java.util.Optional;

/** The encoding of a stored image's bytes. */
public enum Encoding {
  /** uint8, CHW order. */
  RAW,
  JPEG,
  PNG,
  WEBP;

  /** The name in shards, in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no encoding has that name
   */
  public static Encoding of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** The encoding of picture files of that form; empty for forms that shards don't have. */
  public static Optional<Encoding> of(FileForm form) {
    return switch (form) {
      case JPEG -> Optional.of(JPEG);
      case PNG -> Optional.of(PNG);
      case WEBP -> Optional.of(WEBP);
      case GIF, BMP -> Optional.empty();
    };
  }
}
