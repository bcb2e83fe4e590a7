package io.millrace.jobs.image;

/** ITU-R 601-2 luma in fixed point, the same as Pillow's {@code convert("L")}. */
public final class Luma {
  private static final int RED_WEIGHT = 19595;
  private static final int GREEN_WEIGHT = 38470;
  private static final int BLUE_WEIGHT = 7471;
  private static final int HALF = 0x8000;

  private Luma() {}

  /** The grey level of a colour, all 0..255. */
  public static int of(int red, int green, int blue) {
    return (red * RED_WEIGHT + green * GREEN_WEIGHT + blue * BLUE_WEIGHT + HALF) >> Short.SIZE;
  }
}
