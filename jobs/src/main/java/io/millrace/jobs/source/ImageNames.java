package io.millrace.jobs.source;

import java.util.Locale;
import java.util.Set;

/** The extensions of picture files, also of formats that are not read. */
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
