package io.millrace.jobs.image;

/** Pixels that need not be in the heap yet, of which all or a part can be had. */
public interface PixelSource {
  /** In pixels. */
  int height();

  /** In pixels. */
  int width();

  /** All of them. */
  Image image();

  /**
   * A part brought to a size.
   *
   * @param part of the picture
   * @param sizing what becomes of the part, as if it were a picture of its own
   */
  Image resized(Part part, Sizing sizing);

  /** All of them, brought to a size. */
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
