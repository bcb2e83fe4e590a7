package io.millrace.jobs.image.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Kinds of files that are often found among pictures but can't be read here, by their first bytes.
 *
 * @param reason a few words for the quarantine: what it is, and what to do
 */
public record UnreadForm(String reason) {
  private static final String CONVERT = "; convert it to PNG or JPEG";

  private static final String SCRIPT = "; write its pictures as PNG files";

  /** A text's first element is within this many bytes: comments and declarations may precede it. */
  private static final int LOOKED_AT = 1024;

  /**
   * @param at the place of these bytes in the file
   * @param beginning the bytes, as Latin-1
   */
  private record Mark(int at, String beginning, String kind, String advice) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark(0, "II*\0", "a TIFF", CONVERT),
          new Mark(0, "MM\0*", "a TIFF", CONVERT),
          new Mark(0, "II+\0", "a TIFF", CONVERT),
          new Mark(0, "MM\0+", "a TIFF", CONVERT),
          new Mark(0, "\0\0\0\fjP  \r\n\u0087\n", "a JPEG 2000", CONVERT),
          new Mark(0, "\u00ffO\u00ffQ", "a JPEG 2000", CONVERT),
          new Mark(0, "\0\0\0\fJXL \r\n\u0087\n", "a JPEG XL", CONVERT),
          new Mark(0, "\u00ff\n", "a JPEG XL", CONVERT),
          new Mark(0, "8BPS", "a Photoshop file (PSD)", CONVERT),
          new Mark(0, "%PDF-", "a PDF", CONVERT),
          new Mark(0, "\0\0\1\0", "an icon (ICO)", CONVERT),
          new Mark(0, "v/1\1", "an OpenEXR picture", CONVERT),
          new Mark(0, "#?RADIANCE", "a Radiance picture (HDR)", CONVERT),
          new Mark(128, "DICM", "a DICOM file", CONVERT),
          new Mark(0, "\u0093NUMPY", "an array of NumPy", SCRIPT),
          new Mark(0, "MATLAB 5.0", "a file of MATLAB", SCRIPT),
          new Mark(0, "\u0089HDF\r\n", "an HDF5 file", SCRIPT),
          new Mark(0, "PK\3\4", "a ZIP archive", "; unpack it"),
          new Mark(0, "\u001f\u008b", "a gzip file", "; unpack it"),
          new Mark(
              0,
              "version https://git-lfs.github.com/",
              "a pointer of Git LFS",
              "; fetch the file with git lfs pull"));

  /** Kinds of files that begin with a box ftyp, by the brands in it. */
  private static final List<Mark> BRANDS =
      List.of(
          new Mark(0, "avi", "an AVIF", CONVERT),
          new Mark(0, "hei", "a HEIC", CONVERT),
          new Mark(0, "hev", "a HEIC", CONVERT),
          new Mark(0, "mif1", "a HEIC", CONVERT),
          new Mark(0, "crx", "a camera's raw picture", CONVERT),
          new Mark(0, "", "a video", ""));

  /** Kinds of texts, by the name of their first element. */
  private static final List<Mark> TEXTS =
      List.of(
          new Mark(0, "<!doctype html", "an HTML page", ""),
          new Mark(0, "<html", "an HTML page", ""),
          new Mark(0, "<svg", "an SVG", CONVERT));

  private static final int BRANDS_AT = 8;
  private static final int BRAND = 4;

  /** The kind of a file by its first bytes; empty if it is none of these. */
  public static Optional<UnreadForm> of(byte[] head) {
    String begins = new String(head, 0, Math.min(LOOKED_AT, head.length), ISO_8859_1);
    if (begins.startsWith("ftyp", BRAND)) {
      return of(brand(begins));
    }
    for (Mark mark : MARKS) {
      if (begins.startsWith(mark.beginning, mark.at)) {
        return of(mark);
      }
    }
    String text = begins.toLowerCase(Locale.ROOT);
    if (text.stripLeading().startsWith("<") || text.startsWith("\u00ef\u00bb\u00bf<")) {
      return TEXTS.stream()
          .filter(mark -> text.contains(mark.beginning))
          .findFirst()
          .flatMap(UnreadForm::of);
    }
    return Optional.empty();
  }

  private static Optional<UnreadForm> of(Mark mark) {
    return Optional.of(new UnreadForm(mark.kind + mark.advice));
  }

  /** The major brand; if it is a general one, the first specific compatible brand. */
  private static Mark brand(String begins) {
    int end = Math.min(begins.length() - BRAND, begins.charAt(BRAND - 1));
    for (Mark mark : BRANDS) {
      for (int at = BRANDS_AT; at <= end; at += BRAND) {
        if (begins.startsWith(mark.beginning, at)) {
          return mark;
        }
      }
    }
    return BRANDS.get(BRANDS.size() - 1);
  }
}
