package io.millrace.jobs.source;

import java.util.Locale;
import java.util.Set;

/** Names that files of pictures have, of forms that are read here and of others. */
public final class ImageNames {
  private static final Set<String> EXTENSIONS =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "bmp", "dib", "tif", "tiff", "heic",
          "heif", "avif", "jp2", "ppm", "pgm", "pbm", "pnm");

  private ImageNames() {}

  /** Whether its extension is that of a picture file. */
  public static boolean is(String name) {
    int dot = name.lastIndexOf('.');
    return dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
