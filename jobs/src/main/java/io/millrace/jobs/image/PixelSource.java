package io.millrace.jobs.image;

/** A picture's pixels, of which all or a part can be read; they need not be in the heap yet. */
public interface PixelSource {
  /** In pixels. */
  int height();

  /** In pixels. */
  int width();

  /** All pixels. */
  Image image();

  /**
   * A part, resized.
   *
   * @param part of the picture
   * @param sizing applied to the part as if it were a whole picture
   */
  Image resized(Part part, Sizing sizing);

  /** The whole picture, resized. */
  default Image resized(Sizing sizing) {
    return resized(new Part(0, 0, height(), width()), sizing);
  }

  /**
   * A rectangle of a picture, in pixels.
   *
   * @param top first row
   * @param left first column
   * @param height rows
   * @param width columns
   */
  record Part(int top, int left, int height, int width) {}
}
