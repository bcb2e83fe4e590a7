package io.millrace.jobs.image;

/** The formats that picture files come in. */
public enum FileForm {
  JPEG,
  PNG,
  WEBP,
  GIF,
  BMP
}
