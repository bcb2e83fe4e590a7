package io.millrace.jobs.image.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats that can't be read are named, with what to do. */
class UnreadFormTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "II*{0}{10}{0}{0}{0} | a TIFF; convert it to PNG or JPEG",
        "MM{0}*{0}{0}{0}{8} | a TIFF; convert it to PNG or JPEG",
        "{0}{0}{0}{24}ftypheic{0}{0}{0}{0}mif1heic | a HEIC; convert it to PNG or JPEG",
        "{0}{0}{0}{28}ftypmif1{0}{0}{0}{0}avifmif1miaf | an AVIF; convert it to PNG or JPEG",
        "{0}{0}{0}{28}ftypavif{0}{0}{0}{0}avifmif1miaf | an AVIF; convert it to PNG or JPEG",
        "{0}{0}{0}{20}ftypisom{0}{0}{2}{0}isom | a video",
        "{0}{0}{0}{12}jP  {13}{10}{135}{10} | a JPEG 2000; convert it to PNG or JPEG",
        "{0}{0}{0}{12}JXL {13}{10}{135}{10} | a JPEG XL; convert it to PNG or JPEG",
        "{255}{10}{250} | a JPEG XL; convert it to PNG or JPEG",
        "8BPS{0}{1} | a Photoshop file (PSD); convert it to PNG or JPEG",
        "%PDF-1.7 | a PDF; convert it to PNG or JPEG",
        "<?xml version='1.0'?>{10}<svg xmlns='http://www.w3.org/2000/svg'/> | an SVG; convert it to PNG or JPEG",
        "{239}{187}{191}<SVG/> | an SVG; convert it to PNG or JPEG",
        "{10}<!DOCTYPE html><html><svg/></html> | an HTML page",
        "version https://git-lfs.github.com/spec/v1{10}oid | a pointer of Git LFS; fetch the file with git lfs pull",
        "PK{3}{4}{20} | a ZIP archive; unpack it"
      })
  void namesKnownUnsupportedFormats(String shown, String reason) {
    assertThatThrownBy(() -> Header.of(bytes(shown)))
        .isInstanceOf(UnusableImageException.class)
        .hasMessage(reason);
  }

  @Test
  void doesNotNameUnknownFormats() {
    for (String shown : new String[] {"II", "words", "<a>", "ftyp", "{0}{0}{0}{8}fty"}) {
      assertThat(UnreadForm.of(bytes(shown))).as(shown).isEmpty();
    }
  }

  @Test
  void readsBoxThatEndsEarly() {
    assertThat(UnreadForm.of(bytes("{0}{0}{0}{255}ftyp"))).isPresent();
  }

  /** Numbers in braces are bytes. */
  private static byte[] bytes(String shown) {
    StringBuilder text = new StringBuilder();
    for (String piece : shown.strip().split("\\{", -1)) {
      int end = piece.indexOf('}');
      text.append(end < 0 ? piece : (char) Integer.parseInt(piece.substring(0, end)))
          .append(end < 0 ? "" : piece.substring(end + 1));
    }
    return text.toString().getBytes(ISO_8859_1);
  }
}
