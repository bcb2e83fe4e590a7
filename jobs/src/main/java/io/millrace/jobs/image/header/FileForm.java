package io.millrace.jobs.image.header;

import java.util.Optional;

/** The formats of picture files that are read. */
public enum FileForm {
  JPEG,
  PNG,
  WEBP,
  GIF,
  BMP;

  /** The format by a file's first bytes, 12 or more; empty if it is not a picture file. */
  public static Optional<FileForm> of(byte[] head) {
    return of(new Bytes(head));
  }

  static Optional<FileForm> of(Bytes bytes) {
    if (bytes.begins(0, 0xFF, 0xD8, 0xFF)) {
      return Optional.of(JPEG);
    }
    if (bytes.begins(0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
      return Optional.of(PNG);
    }
    if (bytes.begins(0, 'R', 'I', 'F', 'F') && bytes.begins(8, 'W', 'E', 'B', 'P')) {
      return Optional.of(WEBP);
    }
    if (bytes.begins(0, 'G', 'I', 'F', '8')) {
      return Optional.of(GIF);
    }
    return bytes.begins(0, 'B', 'M') ? Optional.of(BMP) : Optional.empty();
  }
}
